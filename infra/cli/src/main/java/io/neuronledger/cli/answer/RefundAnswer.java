package io.neuronledger.cli.answer;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.Neuron;
import java.time.Duration;
import java.time.Instant;

/**
 * An active refund, as a source returns it.
 *
 * @param claimable whether its lock has passed at the requested block's time
 */
public record RefundAnswer(Neuron amount, Instant requestedAt, boolean claimable) {
  /** A refund in a contract's state at a block. */
  public static RefundAnswer at(Instant blockTime, Neuron amount, Instant requestedAt, Duration lockPeriod) {
    return new RefundAnswer(amount, requestedAt, RefundRules.isClaimable(requestedAt, blockTime, lockPeriod));
  }
}
