package io.neuronledger.command.account.aggregate;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.value.WalletAddress;

/**
 * The state of an owner's ledger at one event of its stream, at or below finality: loading starts here. Stored under
 * {@link #NAME}, never published.
 */
public record LedgerSnapshot(WalletAddress owner, LedgerState state) {
  public static final String NAME = "ledger-snapshot.v1";
}
