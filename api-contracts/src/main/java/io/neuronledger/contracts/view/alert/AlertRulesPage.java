package io.neuronledger.contracts.view.alert;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A page of alert rules, oldest first.
 *
 * @param unreadable the ids of those rules of the page whose stored content this service cannot read
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record AlertRulesPage(List<AlertRuleView> rules, List<UUID> unreadable, boolean hasMore,
    Optional<String> nextCursor) {
  public AlertRulesPage {
    rules = List.copyOf(rules);
    unreadable = List.copyOf(unreadable);
  }
}
