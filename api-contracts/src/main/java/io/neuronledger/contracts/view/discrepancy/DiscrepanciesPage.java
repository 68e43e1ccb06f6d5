package io.neuronledger.contracts.view.discrepancy;

import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of discrepancies, by owner, provider, service and kind.
 *
 * @param nextCursor asks for the following ones; absent on the last page
 */
public record DiscrepanciesPage(AsOf asOf, List<DiscrepancyView> discrepancies, Optional<String> nextCursor) {
  public DiscrepanciesPage {
    discrepancies = List.copyOf(discrepancies);
  }
}
