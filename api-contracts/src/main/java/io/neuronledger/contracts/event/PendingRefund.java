package io.neuronledger.contracts.event;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.time.Instant;

/**
 * An active refund: asked back, not yet fetched.
 *
 * @param amount what is left of it, never zero
 * @param requestedAt block time; claimable one lock period later, by the service's lock period at the asked block
 * @param announced whether its {@code RefundClaimable} has been said, and not taken back by {@code RefundRelocked}
 */
public record PendingRefund(RefundId id, Neuron amount, Instant requestedAt, boolean announced) {}
