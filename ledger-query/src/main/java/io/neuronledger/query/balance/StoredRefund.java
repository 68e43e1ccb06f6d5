package io.neuronledger.query.balance;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.view.RefundView;
import java.time.Duration;
import java.time.Instant;

/** An active refund in the column {@code refunds}: what no lock period changes. */
record StoredRefund(RefundId id, Neuron amount, Instant requestedAt) {
  /** Claimable from the very instant at which the lock period has passed. */
  RefundView view(Duration lock, Instant blockTime) {
    Instant unlocksAt = requestedAt.plus(lock);
    long remaining = Math.max(0, Duration.between(blockTime, unlocksAt).toSeconds());
    return new RefundView(id, amount, requestedAt, unlocksAt,
        remaining == 0 ? RefundView.State.CLAIMABLE : RefundView.State.WAITING, remaining);
  }
}
