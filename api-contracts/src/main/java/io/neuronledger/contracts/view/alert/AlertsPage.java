package io.neuronledger.contracts.view.alert;

import java.util.List;
import java.util.Optional;

/**
 * A page of alerts, newest first.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record AlertsPage(List<AlertView> alerts, boolean hasMore, Optional<String> nextCursor) {
  public AlertsPage {
    alerts = List.copyOf(alerts);
  }
}
