package io.neuronledger.contracts.view.webhook;

import java.util.List;
import java.util.Optional;

/**
 * A page of a webhook's messages, newest first.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record WebhookMessagesPage(List<WebhookMessageView> messages, boolean hasMore, Optional<String> nextCursor) {
  public WebhookMessagesPage {
    messages = List.copyOf(messages);
  }
}
