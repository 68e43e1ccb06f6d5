package io.neuronledger.contracts.view.settlement;

import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;

/**
 * A page of settlements that are not retracted, newest first.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next, older page; absent on the last page
 */
public record SettlementsPage(AsOf asOf, List<SettlementView> settlements, boolean hasMore,
    Optional<String> nextCursor) {
  public SettlementsPage {
    settlements = List.copyOf(settlements);
  }
}
