package io.neuronledger.query.webhook.delivery;

import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.ApiKeysUnknown;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the credential by which a webhook was made is still good for its events. An API key is as long as it is
 * neither revoked nor expired, and nothing ends while that is not known. A token lasts minutes, and nothing is known of
 * its subject afterwards: what it has made stays. What was made without a credential stays while none is asked for.
 * Thread-safe.
 */
public final class MakerCheck {
  /** The first one after a refusal may have been on its way already, before newer news of the key. */
  private static final int SIGNS = 2;

  private final boolean isOpen;
  private final ApiKeyDirectory keys;
  /** The signs of life that were read when a key was seen for the first time not to be good for a webhook's events. */
  private final Map<UUID, Long> refusedSince = new ConcurrentHashMap<>();

  /** What follows for the webhook. */
  public enum Result {
    /** It receives its events. */
    GOOD,
    /** It receives nothing while nothing certain is known of its key. */
    UNKNOWN,
    /** It receives nothing now: its key is not good for it, but the newest news of the key may not have come yet. */
    WAITS,
    /** It receives nothing any more. */
    ENDED
  }

  /** @param isOpen whether the service asks for no credential */
  public MakerCheck(boolean isOpen, ApiKeyDirectory keys) {
    this.isOpen = isOpen;
    this.keys = keys;
  }

  /** What the credential of its maker is good for now. */
  public Result of(StoredWebhook webhook) {
    return switch (webhook.maker().credential()) {
      case API_KEY -> ofKey(webhook);
      case NONE -> isOpen ? Result.GOOD : Result.ENDED;
      case OIDC_TOKEN, WALLET_TOKEN -> Result.GOOD;
    };
  }

  /** Another instance may know more of a key that was rotated or has other scopes now: until the next signs of life. */
  private Result ofKey(StoredWebhook webhook) {
    try {
      if (keys.callerOf(webhook.maker().subject()).filter(webhook::isFor).isPresent()) {
        refusedSince.remove(webhook.id());
        return Result.GOOD;
      }
    } catch (ApiKeysUnknown e) {
      refusedSince.remove(webhook.id());
      return Result.UNKNOWN;
    }
    long since = refusedSince.computeIfAbsent(webhook.id(), _ -> keys.signs());
    return keys.signs() >= since + SIGNS ? Result.ENDED : Result.WAITS;
  }

  /** Forgets all other webhooks. */
  public void retain(Set<UUID> webhooks) {
    refusedSince.keySet().retainAll(webhooks);
  }
}
