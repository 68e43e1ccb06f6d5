package io.neuronledger.contracts.view.settlement;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.usage.UsageEntry;
import java.util.List;
import java.util.Optional;

/**
 * One settlement with a page of its covered requests, in the order of matching.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record SettlementAnswer(AsOf asOf, SettlementView settlement, List<UsageEntry> matchedRequests,
    boolean hasMore, Optional<String> nextCursor) {
  public SettlementAnswer {
    matchedRequests = List.copyOf(matchedRequests);
  }
}
