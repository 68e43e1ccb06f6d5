package io.neuronledger.query.webhook.delivery;

import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.ApiKeysUnknown;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the credential by which a webhook was made is still good for its events. An API key is as long as it is
 * neither revoked nor expired. A token lasts minutes, and nothing is known of its subject afterwards: what it has made
 * stays. What was made without a credential stays while none is asked for. Thread-safe.
 */
public final class MakerCheck {
  private final boolean isOpen;
  private final ApiKeyDirectory keys;
  private final Clock clock;
  /** When a key was seen for the first time not to be good for the events of a webhook. */
  private final Map<UUID, Instant> refusedSince = new ConcurrentHashMap<>();

  /** What follows for the webhook. */
  public enum Result {
    /** It receives its events. */
    GOOD,
    /** It receives nothing now: the keys are not known, or the newest news of its key may not have come yet. */
    WAITS,
    /** It receives nothing any more. */
    ENDED
  }

  /** @param isOpen whether the service asks for no credential */
  public MakerCheck(boolean isOpen, ApiKeyDirectory keys, Clock clock) {
    this.isOpen = isOpen;
    this.keys = keys;
    this.clock = clock;
  }

  /** What the credential of its maker is good for now. */
  public Result of(StoredWebhook webhook) {
    return switch (webhook.maker().credential()) {
      case API_KEY -> ofKey(webhook);
      case NONE -> isOpen ? Result.GOOD : Result.ENDED;
      case OIDC_TOKEN, WALLET_TOKEN -> Result.GOOD;
    };
  }

  /** Another instance may know more of a key that is new or was rotated: until the next sign of life. */
  private Result ofKey(StoredWebhook webhook) {
    try {
      if (keys.callerOf(webhook.maker().subject()).filter(webhook::isFor).isPresent()) {
        refusedSince.remove(webhook.id());
        return Result.GOOD;
      }
    } catch (ApiKeysUnknown e) {
      return Result.WAITS;
    }
    Instant since = refusedSince.computeIfAbsent(webhook.id(), _ -> clock.instant());
    return keys.heardAt().filter(since::isBefore).isPresent() ? Result.ENDED : Result.WAITS;
  }

  /** Forgets all other webhooks. */
  public void retain(Set<UUID> webhooks) {
    refusedSince.keySet().retainAll(webhooks);
  }
}
