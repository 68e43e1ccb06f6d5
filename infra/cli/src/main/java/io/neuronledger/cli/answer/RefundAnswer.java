package io.neuronledger.cli.answer;

import io.neuronledger.contracts.value.Neuron;
import java.time.Instant;

/**
 * An active refund, as a source returns it.
 *
 * @param claimable whether its lock has passed at the requested block's time
 */
public record RefundAnswer(Neuron amount, Instant requestedAt, boolean claimable) {}
