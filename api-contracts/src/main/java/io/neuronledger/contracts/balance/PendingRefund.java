package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.time.Instant;

/**
 * An active refund: requested, not yet completed.
 *
 * @param amount the remaining amount, never zero
 * @param requestedAt block time; claimable one lock period later, by the service's lock period at the asked block
 * @param announced whether its {@code RefundClaimable} has been emitted, and not revoked by {@code RefundRelocked}
 */
public record PendingRefund(RefundId id, Neuron amount, Instant requestedAt, boolean announced)
    implements RefundRules.Reducible<PendingRefund> {
  @Override
  public PendingRefund withAmount(Neuron remaining) {
    return new PendingRefund(id, remaining, requestedAt, announced);
  }
}
