package io.neuronledger.contracts.view.reconciliation;

import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * One comparison with a page of what differed, by owner.
 *
 * @param nextCursor asks for the following ones; absent on the last page
 */
public record ReconciliationAnswer(AsOf asOf, ReconciliationRun run, List<Difference> differences,
    Optional<String> nextCursor) {
  public ReconciliationAnswer {
    differences = List.copyOf(differences);
  }

  /**
   * An owner whose state was not the contract's.
   *
   * @param entry the id of the entry in the owner's journal that restated it
   * @param postings what had to be booked to get from our balances to the contract's; empty where only refunds differed
   */
  public record Difference(WalletAddress owner, String entry, List<Posting> postings) {
    public Difference {
      postings = List.copyOf(postings);
    }
  }
}
