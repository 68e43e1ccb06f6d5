package io.neuronledger.contracts.view.discrepancy;

import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of discrepancies, by owner, provider, service and kind.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record DiscrepanciesPage(AsOf asOf, List<DiscrepancyView> discrepancies, boolean hasMore,
    Optional<String> nextCursor) {
  public DiscrepanciesPage {
    discrepancies = List.copyOf(discrepancies);
  }
}
