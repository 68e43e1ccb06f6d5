package io.neuronledger.query.runway;

import io.neuronledger.contracts.usage.NeuronSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The fees of one sub-account by hour, over the whole days before the last full hour: at most seven, and none before
 * its first use.
 *
 * @param days each of 24 hours, the oldest first
 */
record HourlyUse(List<List<NeuronSum>> days) {
  static final int DAYS_MAX = 7;
  static final int HOURS_OF_DAY = 24;

  HourlyUse {
    days = days.stream().map(List::copyOf).toList();
  }

  /**
   * @param fees by the hour in which requests were completed; an hour without any may be absent
   * @param firstHour the hour of the first use ever
   * @param now only full hours before it count
   */
  static HourlyUse of(Map<Instant, NeuronSum> fees, Instant firstHour, Instant now) {
    Instant end = now.truncatedTo(ChronoUnit.HOURS);
    long whole = Math.clamp(Duration.between(firstHour, end).toDays(), 0, DAYS_MAX);
    List<List<NeuronSum>> days = new ArrayList<>();
    for (long day = whole; day > 0; day--) {
      Instant begin = end.minus(Duration.ofDays(day));
      List<NeuronSum> hours = new ArrayList<>();
      for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
        hours.add(fees.getOrDefault(begin.plus(Duration.ofHours(hour)), NeuronSum.ZERO));
      }
      days.add(hours);
    }
    return new HourlyUse(days);
  }

  /** From when on hours count, at a time. */
  static Instant since(Instant now) {
    return now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(DAYS_MAX));
  }

  NeuronSum total() {
    return days.stream().map(HourlyUse::sum).reduce(NeuronSum.ZERO, NeuronSum::plus);
  }

  /** The mean of a day, in neuron. */
  BigDecimal mean() {
    return new BigDecimal(total().value()).divide(BigDecimal.valueOf(days.size()), MathContext.DECIMAL64);
  }

  /** The variance of a day, from two days on. */
  BigDecimal variance() {
    BigDecimal mean = mean();
    return days.stream().map(day -> new BigDecimal(sum(day).value()).subtract(mean).pow(2))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(days.size() - 1L), MathContext.DECIMAL64);
  }

  /**
   * By how much the use up to an hour of an average day differs from an even use at the most, in neuron: nights and
   * office hours.
   */
  BigDecimal unevenness() {
    BigDecimal even = mean().divide(BigDecimal.valueOf(HOURS_OF_DAY), MathContext.DECIMAL64);
    List<BigDecimal> differences = new ArrayList<>();
    BigInteger used = BigInteger.ZERO;
    for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
      int each = hour;
      used = used.add(sum(days.stream().map(day -> day.get(each)).toList()).value());
      differences.add(new BigDecimal(used).divide(BigDecimal.valueOf(days.size()), MathContext.DECIMAL64)
          .subtract(even.multiply(BigDecimal.valueOf(hour + 1L))).abs());
    }
    return Collections.max(differences);
  }

  private static NeuronSum sum(List<NeuronSum> amounts) {
    return amounts.stream().reduce(NeuronSum.ZERO, NeuronSum::plus);
  }
}
