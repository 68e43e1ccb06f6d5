package io.neuronledger.contracts.view.webhook;

import java.util.List;
import java.util.Optional;

/**
 * A page of webhooks, newest first.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record WebhooksPage(List<WebhookView> webhooks, boolean hasMore, Optional<String> nextCursor) {
  public WebhooksPage {
    webhooks = List.copyOf(webhooks);
  }
}
