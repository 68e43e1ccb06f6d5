package io.neuronledger.contracts.view.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * One attempt to deliver a message.
 *
 * @param message the id of the message
 * @param attempt its number among those of the message, from 1
 * @param tookMs milliseconds until the status was known, or it was clear that there will be none
 * @param status of the answer; absent if there was none
 */
public record WebhookDeliveryView(String message, String type, int attempt, Instant at, long tookMs, Outcome outcome,
    OptionalInt status) {
  /** What became of an attempt. */
  public enum Outcome {
    /** The target has answered with 2xx. */
    @JsonProperty("delivered") DELIVERED,
    /** It has answered with another status; a redirect is one. */
    @JsonProperty("refused") REFUSED,
    /** It has answered with 410. */
    @JsonProperty("gone") GONE,
    /** There was no answer in time. */
    @JsonProperty("timeout") TIMEOUT,
    /** No host of this name is known, or it has no address that may be connected to; nothing was sent. */
    @JsonProperty("unknown-host") UNKNOWN_HOST,
    /** TLS could not be agreed on, or the certificate is not trusted. */
    @JsonProperty("tls-failed") TLS_FAILED,
    /** No connection was made, or it broke off. */
    @JsonProperty("not-connected") NOT_CONNECTED
  }
}
