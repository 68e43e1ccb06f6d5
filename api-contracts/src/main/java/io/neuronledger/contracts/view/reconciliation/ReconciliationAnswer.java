package io.neuronledger.contracts.view.reconciliation;

import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * One reconciliation with a page of its differences, by owner.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record ReconciliationAnswer(AsOf asOf, ReconciliationRun run, List<Difference> differences,
    boolean hasMore, Optional<String> nextCursor) {
  public ReconciliationAnswer {
    differences = List.copyOf(differences);
  }

  /**
   * An owner whose state differed from the contract's.
   *
   * @param entry the id of the restating entry in the owner's journal
   * @param postings the postings from the stored balances to the contract's; empty where only refunds differed
   */
  public record Difference(WalletAddress owner, String entry, List<Posting> postings) {
    public Difference {
      postings = List.copyOf(postings);
    }
  }
}
