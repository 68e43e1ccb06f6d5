package io.neuronledger.local.stack;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;

/** Which chain the stack follows. */
public sealed interface ChainSource {
  /** A dev chain of its own, with AccountLedger deployed on it. */
  record OwnDevChain() implements ChainSource {}

  /**
   * An AccountLedger on a chain of the user's.
   *
   * @param rpcUrls HTTP endpoints of nodes of the same chain; the first that works is used
   * @param wsUrl where new heads are announced
   * @param startBlock the first block to follow, at or before the contract's deployment
   */
  record AccountLedgerOn(List<String> rpcUrls, Optional<String> wsUrl, WalletAddress contract, long startBlock)
      implements ChainSource {}
}
