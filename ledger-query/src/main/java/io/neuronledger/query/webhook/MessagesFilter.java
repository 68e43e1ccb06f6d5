package io.neuronledger.query.webhook;

import io.neuronledger.contracts.view.webhook.WebhookMessageView;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.List;
import java.util.Set;

/**
 * Which messages of a webhook are wanted.
 *
 * @param states none: all
 */
public record MessagesFilter(List<WebhookMessageView.State> states) {
  public static final Parameters<MessagesFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<MessagesFilter> type() {
      return MessagesFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("state");
    }

    @Override
    public Set<String> repeatable() {
      return names();
    }

    @Override
    public MessagesFilter read(RequestValues given) {
      return new MessagesFilter(List.copyOf(given.values("state", MessagesFilter::state)));
    }
  };

  public MessagesFilter {
    states = List.copyOf(states);
  }

  private static WebhookMessageView.State state(String text) {
    return switch (text) {
      case "pending" -> WebhookMessageView.State.PENDING;
      case "delivered" -> WebhookMessageView.State.DELIVERED;
      case "dead" -> WebhookMessageView.State.DEAD;
      default -> throw new IllegalArgumentException("state is pending, delivered or dead");
    };
  }
}
