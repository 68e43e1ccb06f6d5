package io.neuronledger.command.account;

import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.util.ArrayList;
import java.util.List;

/** The active refunds of one sub-account, oldest first. */
public record Refunds(List<PendingRefund> active) {
  public static final Refunds NONE = new Refunds(List.of());

  public Refunds {
    active = List.copyOf(active);
  }

  /**
   * The result of a reduction.
   *
   * @param uncovered the part of the amount that exceeds all refunds
   */
  public record Reduction(Refunds left, List<RefundReduction> reductions, Neuron uncovered) {}

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

  /** As {@link RefundRules#takeNewest}. */
  public Reduction reduceNewest(Neuron amount, RefundReduction.By by) {
    return reduction(RefundRules.takeNewest(active, amount), by);
  }

  /** As {@link RefundRules#takeOldest}. */
  public Reduction reduceOldest(Neuron amount) {
    return reduction(RefundRules.takeOldest(active, amount), RefundReduction.By.COMPLETION);
  }

  private static Reduction reduction(RefundRules.Reduction<PendingRefund> taken, RefundReduction.By by) {
    return new Reduction(new Refunds(taken.left()), taken.parts().stream()
        .map(part -> new RefundReduction(part.refund().id(), part.taken(), by, part.remaining())).toList(),
        taken.uncovered());
  }
}
