package io.neuronledger.query.webhook.delivery;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.webhook.WebhookView;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A webhook as it is stored.
 *
 * @param ofOwner whether its position is one of the events of the first of its owners, not of all
 * @param position the id of the last event that was looked at, or {@code beginning}
 * @param failures how many attempts in a row have failed
 */
public record StoredWebhook(UUID id, WebhookView.Feed feed, Maker maker, String url, String description,
    List<String> types, List<WalletAddress> owners, boolean ofOwner, String position, Instant createdAt,
    Optional<WebhookView.Disabled> disabled, int failures, Optional<Instant> failingSince,
    Optional<Instant> pausedUntil, Optional<Instant> deliveredAt) {
  public StoredWebhook {
    types = List.copyOf(types);
    owners = List.copyOf(owners);
  }

  /** Who has made it: subjects of different kinds of credentials are different callers. */
  public record Maker(Caller.Credential credential, String subject) {
    public static Maker of(Caller caller) {
      return new Maker(caller.credential(), caller.subject());
    }
  }

  /** Whether a caller may receive its events. */
  public boolean isFor(Caller caller) {
    return caller.scopes().contains(Scope.EVENTS_SUBSCRIBE)
        || (ofOwner && caller.scopes().contains(Scope.LEDGER_READ_OWN)
            && caller.owner().equals(Optional.of(owners.getFirst())));
  }

  public boolean isEnabled() {
    return disabled.isEmpty();
  }

  /** @param undelivered how many of its messages wait */
  public WebhookView view(long undelivered) {
    return new WebhookView(id, feed, url, description, types, owners, position, maker.subject(), createdAt,
        isEnabled(), disabled, failingSince, pausedUntil, deliveredAt, undelivered);
  }
}
