package io.neuronledger.contracts.view.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A message of a webhook, without its content.
 *
 * @param id the {@code webhook-id} with which it is sent, the same at every attempt and in every replay
 * @param type of its event
 * @param owner whom its event concerns; absent for one that concerns nobody
 * @param attempts how often it was sent since it became pending
 * @param nextAttemptAt before when it is not sent; present while it is pending
 * @param endedAt when it was delivered, or given up
 */
public record WebhookMessageView(String id, String type, Optional<WalletAddress> owner, State state, int attempts,
    Instant createdAt, Optional<Instant> nextAttemptAt, Optional<Instant> endedAt) {
  /** How far a message is. */
  public enum State {
    /** It will be sent, or sent again. */
    @JsonProperty("pending") PENDING,
    /** The target has answered it with 2xx. */
    @JsonProperty("delivered") DELIVERED,
    /** Its last attempt has failed: it is kept, and sent again only on request. */
    @JsonProperty("dead") DEAD
  }
}
