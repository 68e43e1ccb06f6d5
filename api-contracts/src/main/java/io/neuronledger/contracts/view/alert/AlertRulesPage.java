package io.neuronledger.contracts.view.alert;

import java.util.List;
import java.util.Optional;

/**
 * A page of alert rules, oldest first.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record AlertRulesPage(List<AlertRuleView> rules, boolean hasMore, Optional<String> nextCursor) {
  public AlertRulesPage {
    rules = List.copyOf(rules);
  }
}
