package io.neuronledger.query.webhook.sending;

import io.neuronledger.contracts.view.webhook.WebhookDeliveryView.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of a message that was sent once.
 *
 * @param at when it began
 * @param took until its end
 * @param status of the answer; empty if there was none
 * @param isAddressRefused whether the host was known, and its address may not be connected to. That is for the
 *     operator: who makes webhooks would learn by it which names there are in this service's network
 * @param retryAfter how long the target asks to wait; empty unless it is busy and says so in seconds
 */
public record Attempt(Instant at, Duration took, Outcome outcome, boolean isAddressRefused, OptionalInt status,
    Optional<Duration> retryAfter) {}
