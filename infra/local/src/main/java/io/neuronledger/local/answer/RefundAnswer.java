package io.neuronledger.local.answer;

import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;

/**
 * What a source says of one active refund.
 *
 * @param claimable whether its lock has passed at the asked block's time
 */
public record RefundAnswer(Neuron amount, Instant requestedAt, boolean claimable) {}
