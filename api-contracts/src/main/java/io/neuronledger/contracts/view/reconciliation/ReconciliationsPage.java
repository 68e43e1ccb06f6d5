package io.neuronledger.contracts.view.reconciliation;

import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of reconciliations, newest first.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next, older page; absent on the last page
 */
public record ReconciliationsPage(AsOf asOf, List<ReconciliationRun> runs, boolean hasMore,
    Optional<String> nextCursor) {
  public ReconciliationsPage {
    runs = List.copyOf(runs);
  }
}
