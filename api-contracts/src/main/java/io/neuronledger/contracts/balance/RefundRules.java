package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.Neuron;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The contracts' arithmetic of one sub-account's active refunds, which every list gives oldest first. */
public final class RefundRules {
  /** The contracts' limit per sub-account. */
  public static final int ACTIVE_MAX = 5;

  /** The contracts' initial lock period, for a service without a recorded one. */
  public static final Duration LOCK_PERIOD_DEFAULT = Duration.ofDays(1);

  private RefundRules() {}

  /** An active refund, as far as its amount goes. */
  public interface Reducible<R> {
    Neuron amount();

    R withAmount(Neuron remaining);
  }

  /** @param remaining the amount left; zero ends the refund */
  public record Part<R>(R refund, Neuron taken, Neuron remaining) {}

  /**
   * The result of a reduction.
   *
   * @param left the refunds that stay active, oldest first
   * @param parts what was taken, in the order of taking
   * @param uncovered the part of the amount that exceeds all refunds
   */
  public record Reduction<R>(List<R> left, List<Part<R>> parts, Neuron uncovered) {
    /** Whether every refund that was taken from has ended. */
    public boolean isWhole() {
      return parts.stream().allMatch(part -> part.remaining().isZero());
    }
  }

  /**
   * Claimable from the end of the lock period on, inclusive. {@code Instant.plus} could overflow on a huge period; this
   * cannot.
   */
  public static boolean isClaimable(Instant requestedAt, Instant blockTime, Duration lockPeriod) {
    return Duration.between(requestedAt, blockTime).compareTo(lockPeriod) >= 0;
  }

  /** The latest request time, in seconds since 1970, of which {@link #isClaimable} is true. */
  public static long latestClaimable(Instant blockTime, Duration lockPeriod) {
    try {
      return Math.subtractExact(blockTime.getEpochSecond(), lockPeriod.toSeconds());
    } catch (ArithmeticException _) {
      return Long.MIN_VALUE;
    }
  }

  /** A transfer cancels and a settlement consumes from the newest on, whether past their lock or not. */
  public static <R extends Reducible<R>> Reduction<R> takeNewest(List<R> active, Neuron amount) {
    Reduction<R> reduction = take(active.reversed(), amount);
    return new Reduction<>(reduction.left().reversed(), reduction.parts(), reduction.uncovered());
  }

  /** A completion takes from the oldest on. */
  public static <R extends Reducible<R>> Reduction<R> takeOldest(List<R> active, Neuron amount) {
    return take(active, amount);
  }

  private static <R extends Reducible<R>> Reduction<R> take(List<R> order, Neuron amount) {
    Neuron rest = amount;
    List<R> left = new ArrayList<>(order.size());
    List<Part<R>> parts = new ArrayList<>();
    for (R refund : order) {
      if (rest.isZero()) {
        left.add(refund);
        continue;
      }
      Neuron taken = refund.amount().min(rest);
      Neuron remaining = refund.amount().minus(taken);
      parts.add(new Part<>(refund, taken, remaining));
      rest = rest.minus(taken);
      if (!remaining.isZero()) {
        left.add(refund.withAmount(remaining));
      }
    }
    return new Reduction<>(left, List.copyOf(parts), rest);
  }
}
