package io.neuronledger.wallet.plan;

import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A public network of 0G, with the one contract of it that holds its owners' money: a ledger that names another one
 * on its chain is wrong, or a trap.
 */
public enum KnownNetwork {
  MAINNET(16_661, "0x2dE54c845Cd948B72D2e32e39586fe89607074E3"),
  GALILEO_TESTNET(ContractRules.GALILEO_CHAIN_ID, "0xE70830508dAc0A97e6c087c75f402f9Be669E406");

  private final long chainId;
  private final String contract;

  KnownNetwork(long chainId, String contract) {
    this.chainId = chainId;
    this.contract = contract;
  }

  /** Empty for another chain. */
  public static Optional<KnownNetwork> of(long chainId) {
    return Arrays.stream(values()).filter(each -> each.chainId == chainId).findFirst();
  }

  public long chainId() {
    return chainId;
  }

  /** LedgerManager. */
  public WalletAddress contract() {
    return WalletAddress.typed(contract);
  }
}
