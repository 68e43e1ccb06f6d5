package io.neuronledger.contracts.view.settlement;

import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of the differences that stand, by owner, provider and service.
 *
 * @param nextCursor asks for the following ones; absent on the last page
 */
public record DifferencesPage(AsOf asOf, List<DifferenceView> differences, Optional<String> nextCursor) {
  public DifferencesPage {
    differences = List.copyOf(differences);
  }
}
