package io.neuronledger.command.account;

import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The active refunds of one sub-account, oldest first. */
public record Refunds(List<PendingRefund> active) {
  public static final Refunds NONE = new Refunds(List.of());

  /** The contract's limit per sub-account. */
  public static final int ACTIVE_MAX = 5;

  public Refunds {
    active = List.copyOf(active);
  }

  /**
   * The result of a reduction.
   *
   * @param uncovered the part of the amount that exceeds all refunds
   */
  public record Reduction(Refunds left, List<RefundReduction> reductions, Neuron uncovered) {}

  /**
   * From the end of the lock period on, inclusive. {@code Instant.plus} could overflow on a huge period; this cannot.
   */
  public static boolean isClaimable(PendingRefund refund, Instant blockTime, Duration lockPeriod) {
    return Duration.between(refund.requestedAt(), blockTime).compareTo(lockPeriod) >= 0;
  }

  public boolean isEmpty() {
    return active.isEmpty();
  }

  public Neuron pending() {
    Neuron sum = Neuron.ZERO;
    for (PendingRefund refund : active) {
      sum = sum.plus(refund.amount());
    }
    return sum;
  }

  public Refunds and(PendingRefund newest) {
    List<PendingRefund> more = new ArrayList<>(active);
    more.add(newest);
    return new Refunds(more);
  }

  /** The same refunds with this one's announced flag set. */
  public Refunds withAnnounced(RefundId id, boolean announced) {
    return new Refunds(active.stream()
        .map(refund -> refund.id().equals(id)
            ? new PendingRefund(id, refund.amount(), refund.requestedAt(), announced)
            : refund)
        .toList());
  }

  /** A transfer cancels and a settlement consumes from the newest on, whether past their lock or not. */
  public Reduction reduceNewest(Neuron amount, RefundReduction.By by) {
    return reduce(active.reversed(), amount, by, true);
  }

  /** A completion takes from the oldest on. */
  public Reduction reduceOldest(Neuron amount) {
    return reduce(active, amount, RefundReduction.By.COMPLETION, false);
  }

  private Reduction reduce(List<PendingRefund> order, Neuron amount, RefundReduction.By by, boolean reversed) {
    Neuron rest = amount;
    List<PendingRefund> left = new ArrayList<>(order.size());
    List<RefundReduction> reductions = new ArrayList<>();
    for (PendingRefund refund : order) {
      Neuron taken = refund.amount().min(rest);
      if (taken.isZero()) {
        left.add(refund);
        continue;
      }
      Neuron remaining = refund.amount().minus(taken);
      reductions.add(new RefundReduction(refund.id(), taken, by, remaining));
      rest = rest.minus(taken);
      if (!remaining.isZero()) {
        left.add(new PendingRefund(refund.id(), remaining, refund.requestedAt(), refund.announced()));
      }
    }
    return new Reduction(new Refunds(reversed ? left.reversed() : left), List.copyOf(reductions), rest);
  }
}
