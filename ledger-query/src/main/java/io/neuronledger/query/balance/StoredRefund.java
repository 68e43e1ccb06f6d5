package io.neuronledger.query.balance;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.view.RefundView;
import java.time.Duration;
import java.time.Instant;

/** An active refund in the column {@code refunds}; it does not depend on the lock period. */
record StoredRefund(RefundId id, Neuron amount, Instant requestedAt) {
  /** The refund at {@code blockTime}; claimable from the instant at which the lock period ends, inclusive. */
  RefundView view(Duration lock, Instant blockTime) {
    Instant unlocksAt = requestedAt.plus(lock);
    long remaining = Math.max(0, Duration.between(blockTime, unlocksAt).toSeconds());
    return new RefundView(id, amount, requestedAt, unlocksAt,
        remaining == 0 ? RefundView.State.CLAIMABLE : RefundView.State.WAITING, remaining);
  }
}
