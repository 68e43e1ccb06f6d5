package io.neuronledger.query.runway;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.runway.RunwayView;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Predictions against months whose use is known to the request. */
class RunwayProperties {
  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  private static final int WALLETS = 200;
  private static final int DAYS_BEFORE = 9;
  private static final int DAYS_AFTER = 30;
  private static final Neuron MINIMUM = Neuron.ofZeroG("1");

  /** A wallet's requests: when, and what they cost. */
  private record Request(Instant at, BigInteger fee) {}

  /** What was predicted of a wallet, and when it was refused. */
  private record Trial(RunwayView predicted, Instant now, Instant refused) {
    boolean isWithin() {
      return !refused.isBefore(predicted.earliest().orElseThrow())
          && !refused.isAfter(predicted.latest().orElse(Instant.MAX));
    }

    /** The range's width by the time left. */
    double width() {
      return predicted.latest().map(latest -> seconds(predicted.earliest().orElseThrow(), latest)
          / seconds(now, predicted.refusedAt().orElseThrow())).orElse(Double.MAX_VALUE);
    }

    private static double seconds(Instant from, Instant to) {
      return Duration.between(from, to).toSeconds();
    }
  }

  /** Between 60 and 2,000 requests a day, more at day than at night, fewer at weekends; the dearest cost many times. */
  private static List<Request> month(Random random) {
    double perDay = 60 * Math.pow(2_000 / 60.0, random.nextDouble());
    double night = 0.2 + 0.8 * random.nextDouble();
    double weekend = 0.6 + 0.4 * random.nextDouble();
    double spread = 0.3 + 0.7 * random.nextDouble();
    List<Request> requests = new ArrayList<>();
    for (long second = 0; second < Duration.ofDays(DAYS_BEFORE + DAYS_AFTER).toSeconds(); second += 60) {
      Instant at = BEGIN.plusSeconds(second);
      DayOfWeek day = at.atOffset(ZoneOffset.UTC).getDayOfWeek();
      int hour = at.atOffset(ZoneOffset.UTC).getHour();
      double rate = perDay / 1_440 * (day.compareTo(DayOfWeek.SATURDAY) >= 0 ? weekend : 1)
          * (hour >= 7 && hour < 22 ? 1 : night);
      double each = rate;
      while (random.nextDouble() < each) {
        requests.add(new Request(at.plusSeconds(random.nextInt(60)),
            BigInteger.valueOf(Math.round(1e15 * Math.exp(spread * random.nextGaussian())))));
        each -= 1;
      }
    }
    return requests;
  }

  private static Trial trial(long seed) {
    Random random = new Random(seed);
    List<Request> requests = month(random);
    Instant now = BEGIN.plus(Duration.ofDays(DAYS_BEFORE)).plusSeconds(random.nextInt(86_400));
    Map<Instant, NeuronSum> hours = new HashMap<>();
    BigInteger later = BigInteger.ZERO;
    for (Request request : requests) {
      if (request.at().isBefore(now)) {
        hours.merge(request.at().truncatedTo(ChronoUnit.HOURS), new NeuronSum(request.fee()),
            NeuronSum::plus);
      } else {
        later = later.add(request.fee());
      }
    }
    // It lasts for 2 to 20 of the days that follow.
    BigInteger left = later.multiply(BigInteger.valueOf(2 + random.nextInt(19))).divide(BigInteger.valueOf(30));
    RunwayView predicted = Runway.of(new NeuronSum(left.add(MINIMUM.value())), MINIMUM,
        HourlyUse.of(hours, BEGIN, now), now);
    BigInteger rest = left;
    for (Request request : requests) {
      if (!request.at().isBefore(now)) {
        rest = rest.subtract(request.fee());
        if (rest.signum() < 0) {
          return new Trial(predicted, now, request.at());
        }
      }
    }
    throw new AssertionError("the month has more use than was left");
  }

  @Test
  void nine_of_ten_wallets_are_refused_within_the_range_and_it_is_narrow() {
    List<Trial> trials = new ArrayList<>();
    for (int wallet = 0; wallet < WALLETS; wallet++) {
      trials.add(trial(wallet));
    }
    assertThat(trials).extracting(each -> each.predicted().state()).containsOnly(RunwayView.State.RUNNING_OUT);
    long within = trials.stream().filter(Trial::isWithin).count();
    double median = trials.stream().mapToDouble(Trial::width).sorted().skip(WALLETS / 2).findFirst().orElseThrow();
    assertThat(within).as("within the range").isGreaterThanOrEqualTo(WALLETS * 9 / 10);
    assertThat(median).as("the width by the time left").isLessThanOrEqualTo(0.5);
  }

  @Property(tries = 200)
  void the_instant_lies_in_its_range_and_never_before_now(@ForAll long seed, @ForAll @IntRange(max = 40) int days) {
    Random random = new Random(seed);
    Instant now = BEGIN.plus(Duration.ofDays(days)).plusSeconds(random.nextInt(86_400));
    Map<Instant, NeuronSum> hours = new HashMap<>();
    for (int i = random.nextInt(50); i > 0; i--) {
      hours.put(BEGIN.plus(Duration.ofHours(random.nextInt(24 * 40))), new NeuronSum(new BigInteger(200, random)));
    }
    RunwayView view = Runway.of(new NeuronSum(new BigInteger(210, random)), MINIMUM,
        HourlyUse.of(hours, BEGIN, now), now);
    assertThat(view.refusedAt().isPresent()).isEqualTo(view.state() == RunwayView.State.RUNNING_OUT);
    assertThat(view.earliest().isPresent()).isEqualTo(view.refusedAt().isPresent());
    view.refusedAt().ifPresent(refused -> {
      assertThat(view.earliest().orElseThrow()).isBetween(now, refused);
      view.latest().ifPresent(latest -> assertThat(latest).isAfterOrEqualTo(refused));
    });
    assertThat(view.days()).isEqualTo(Math.min(7, days));
  }
}
