package io.neuronledger.contracts.view.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A webhook: events that are sent to a URL.
 *
 * @param types the types of the events that it receives; none: all
 * @param owners whose events it receives; none: those of all
 * @param after the id of the last event that was looked at for it, or {@code beginning}
 * @param madeBy the subject of the credential with which it was made
 * @param disabled why and since when it receives nothing; absent while it is enabled
 * @param failingSince since when no attempt was successful; absent if the last one was, or if there was none
 * @param pausedUntil before when nothing is sent, because attempts fail; absent if that is over
 * @param deliveredAt when a message was delivered the last time; absent if none was
 * @param undelivered how many messages wait
 */
public record WebhookView(UUID id, Feed feed, String url, String description, List<String> types,
    List<WalletAddress> owners, String after, String madeBy, Instant createdAt, boolean enabled,
    Optional<Disabled> disabled, Optional<Instant> failingSince, Optional<Instant> pausedUntil,
    Optional<Instant> deliveredAt, long undelivered) {
  public WebhookView {
    types = List.copyOf(types);
    owners = List.copyOf(owners);
  }

  /** What is sent. */
  public enum Feed {
    /** What happens to owners' money: the records of {@code ledger.public-events.v1}. */
    @JsonProperty("events") EVENTS,
    /** What alert rules say: the records of {@code ledger.alerts.v1}. */
    @JsonProperty("alerts") ALERTS
  }

  /** Why a webhook receives nothing, and since when. */
  public record Disabled(Reason reason, Instant at) {}

  /** Why a webhook receives nothing. */
  public enum Reason {
    /** Its maker wants it so. */
    @JsonProperty("request") REQUEST,
    /** Every attempt has failed for too long. */
    @JsonProperty("failing") FAILING,
    /** The target has answered 410: it wants nothing any more. */
    @JsonProperty("gone") GONE,
    /** The credential by which it was made is no longer good for its events. */
    @JsonProperty("credential") CREDENTIAL
  }
}
