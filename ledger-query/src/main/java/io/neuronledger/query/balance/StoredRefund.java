package io.neuronledger.query.balance;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.view.RefundView;
import java.time.Duration;
import java.time.Instant;

/** An active refund in the column {@code refunds}; it does not depend on the lock period. */
public record StoredRefund(RefundId id, Neuron amount, Instant requestedAt) {
  /** {@link RefundRules#isClaimable} in SQL, for a condition; in the same form, so that no period overflows. */
  public static String isClaimable(String requestedAt, String blockTime, String lockSeconds) {
    return "extract(epoch FROM " + blockTime + " - " + requestedAt + ") >= " + lockSeconds;
  }

  /** The refund at {@code blockTime}. */
  RefundView view(Duration lock, Instant blockTime) {
    Instant unlocksAt = requestedAt.plus(lock);
    boolean claimable = RefundRules.isClaimable(requestedAt, blockTime, lock);
    return new RefundView(id, amount, requestedAt, unlocksAt,
        claimable ? RefundView.State.CLAIMABLE : RefundView.State.WAITING,
        Math.max(0, Duration.between(blockTime, unlocksAt).toSeconds()));
  }
}
