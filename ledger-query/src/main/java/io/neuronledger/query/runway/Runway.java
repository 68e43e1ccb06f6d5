package io.neuronledger.query.runway;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.runway.RunwayView;
import io.neuronledger.contracts.view.runway.RunwayView.State;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a sub-account's spendable amount falls below the minimum, by the use of its last days.
 *
 * <p>Days are taken for independent, with mean m and variance s² as the last k of them show. The use of n more days is
 * then within m·n ± t·s·√(n + n²/k) in 19 of 20 cases, with Student's t for k days; the ends of the range are where
 * these curves meet the amount that is left, less and more the unevenness of a day.
 */
final class Runway {
  /** Beyond it nothing is predicted. */
  static final Duration HORIZON = Duration.ofDays(3_650);
  private static final int DAYS_MIN = 2;
  /** The quantile 0.975 of Student's t by the number of days, from {@link #DAYS_MIN} on. */
  private static final List<BigDecimal> STUDENT = List.of(new BigDecimal("12.706"), new BigDecimal("4.303"),
      new BigDecimal("3.182"), new BigDecimal("2.776"), new BigDecimal("2.571"), new BigDecimal("2.447"));
  private static final MathContext DIGITS = MathContext.DECIMAL64;
  private static final BigDecimal SECONDS_OF_DAY = BigDecimal.valueOf(Duration.ofDays(1).toSeconds());

  private Runway() {}

  /**
   * @param uncommitted what is free less the unsettled fees, in neuron; negative where it does not cover them
   * @param minimum below which providers refuse, in neuron
   */
  static RunwayView of(NeuronSum uncommitted, Neuron minimum, HourlyUse use, Instant now) {
    int days = use.days().size();
    NeuronSum used = use.total();
    NeuronSum perDay = days == 0 ? NeuronSum.ZERO
        : new NeuronSum(used.value().divide(BigInteger.valueOf(days)));
    NeuronSum spendable = uncommitted.orZero();
    NeuronSum left = uncommitted.minus(NeuronSum.of(minimum));
    if (left.sign() < 0) {
      return view(State.REFUSED, spendable, minimum, use, perDay);
    }
    if (days < DAYS_MIN || used.sign() == 0) {
      return view(days < DAYS_MIN ? State.TOO_NEW : State.UNUSED, spendable, minimum, use, perDay);
    }
    BigDecimal amount = new BigDecimal(left.value());
    BigDecimal mean = use.mean();
    Optional<Instant> refused = instant(amount.divide(mean, DIGITS), now);
    if (refused.isEmpty()) {
      return view(State.LASTING, spendable, minimum, use, perDay);
    }
    BigDecimal student = STUDENT.get(days - DAYS_MIN);
    BigDecimal spread = student.pow(2).multiply(use.variance(), DIGITS);
    BigDecimal uneven = use.unevenness();
    BigDecimal least = amount.subtract(uneven).max(BigDecimal.ZERO);
    return new RunwayView(State.RUNNING_OUT, spendable, NeuronSum.of(minimum), days, used, perDay, refused,
        instant(soonest(least, mean, spread, days), now),
        last(amount.add(uneven), mean, spread, days).flatMap(end -> instant(end, now)));
  }

  private static RunwayView view(State state, NeuronSum spendable, Neuron minimum, HourlyUse use, NeuronSum perDay) {
    return new RunwayView(state, spendable, NeuronSum.of(minimum), use.days().size(), use.total(), perDay,
        Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Solves m·n + √(q·(n + n²/k)) = h for n, in a form that subtracts nothing. */
  private static BigDecimal soonest(BigDecimal h, BigDecimal m, BigDecimal q, int k) {
    if (h.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return h.pow(2).multiply(BigDecimal.TWO)
        .divide(linear(h, m, q).add(root(h, m, q, k)), DIGITS);
  }

  /** Solves m·n − √(q·(n + n²/k)) = h for n; empty where so great a spread never meets it. */
  private static Optional<BigDecimal> last(BigDecimal h, BigDecimal m, BigDecimal q, int k) {
    BigDecimal quadratic = m.pow(2).subtract(q.divide(BigDecimal.valueOf(k), DIGITS));
    if (quadratic.signum() <= 0) {
      return Optional.empty();
    }
    return Optional.of(linear(h, m, q).add(root(h, m, q, k))
        .divide(quadratic.multiply(BigDecimal.TWO), DIGITS));
  }

  private static BigDecimal linear(BigDecimal h, BigDecimal m, BigDecimal q) {
    return h.multiply(m).multiply(BigDecimal.TWO).add(q);
  }

  /** The root of the discriminant (2hm + q)² − 4·(m² − q/k)·h², which is 4hmq + q² + 4qh²/k. */
  private static BigDecimal root(BigDecimal h, BigDecimal m, BigDecimal q, int k) {
    BigDecimal four = BigDecimal.valueOf(4);
    return four.multiply(h).multiply(m).multiply(q).add(q.pow(2))
        .add(four.multiply(q).multiply(h.pow(2)).divide(BigDecimal.valueOf(k), DIGITS))
        .sqrt(DIGITS);
  }

  /** Whole seconds; empty beyond the horizon. */
  private static Optional<Instant> instant(BigDecimal days, Instant now) {
    BigDecimal seconds = days.multiply(SECONDS_OF_DAY).setScale(0, RoundingMode.HALF_UP);
    return seconds.compareTo(BigDecimal.valueOf(HORIZON.toSeconds())) > 0 ? Optional.empty()
        : Optional.of(now.plusSeconds(seconds.longValueExact()));
  }
}
