package io.neuronledger.contracts.view.alert;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A page of alerts, newest first.
 *
 * @param unreadable the ids of those alerts of the page whose stored content this service cannot read
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record AlertsPage(List<AlertView> alerts, List<UUID> unreadable, boolean hasMore,
    Optional<String> nextCursor) {
  public AlertsPage {
    alerts = List.copyOf(alerts);
    unreadable = List.copyOf(unreadable);
  }
}
