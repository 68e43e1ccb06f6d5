package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;

/**
 * A page of all ledgers that were ever open, by owner.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record LedgersPage(AsOf asOf, List<Line> ledgers, boolean hasMore, Optional<String> nextCursor) {
  public LedgersPage {
    ledgers = List.copyOf(ledgers);
  }

  /**
   * One ledger.
   *
   * @param quarantined whether the owner is quarantined: its line stays at an earlier block until an operator acts
   * @param available not allocated
   * @param locked the sum of the sub-accounts' balances
   * @param total available + locked
   */
  public record Line(WalletAddress owner, boolean quarantined, LedgerView.State state, Neuron available, Neuron locked,
      Neuron total) {}
}
