package io.neuronledger.query.runway;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.runway.RunwayView;
import io.neuronledger.contracts.view.runway.RunwayView.State;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunwayTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Neuron MINIMUM = Neuron.parse("1000");

  /** 24 a day, one in every hour, from the begin on. */
  private static Map<Instant, NeuronSum> evenly(int hours) {
    Map<Instant, NeuronSum> fees = new HashMap<>();
    for (int hour = 0; hour < hours; hour++) {
      fees.put(BEGIN.plus(Duration.ofHours(hour)), sum(1));
    }
    return fees;
  }

  private static NeuronSum sum(long amount) {
    return new NeuronSum(BigInteger.valueOf(amount));
  }

  private static RunwayView after(Duration time, Map<Instant, NeuronSum> fees, long spendable) {
    Instant now = BEGIN.plus(time);
    return Runway.of(sum(spendable), MINIMUM, HourlyUse.of(fees, BEGIN, now), now);
  }

  @Test
  void an_even_use_ends_when_what_is_above_the_minimum_is_used() {
    RunwayView view = after(Duration.ofDays(10), evenly(240), 1_000 + 48);
    Instant inTwoDays = BEGIN.plus(Duration.ofDays(12));
    assertThat(view).isEqualTo(new RunwayView(State.RUNNING_OUT, sum(1_048), sum(1_000), 7, sum(168), sum(24),
        Optional.of(inTwoDays), Optional.of(inTwoDays), Optional.of(inTwoDays)));
  }

  @Test
  void below_the_minimum_it_is_refused_already() {
    assertThat(after(Duration.ofDays(10), evenly(240), 999).state()).isEqualTo(State.REFUSED);
    RunwayView view = after(Duration.ofDays(10), evenly(240), 1_000);
    assertThat(view.state()).isEqualTo(State.RUNNING_OUT);
    assertThat(view.refusedAt()).isEqualTo(Optional.of(BEGIN.plus(Duration.ofDays(10))));
  }

  @Test
  void two_days_of_use_are_enough_and_less_is_not() {
    assertThat(after(Duration.ofDays(2).minusSeconds(1), evenly(48), 2_000).state()).isEqualTo(State.TOO_NEW);
    RunwayView view = after(Duration.ofDays(2), evenly(48), 2_000);
    assertThat(view.state()).isEqualTo(State.RUNNING_OUT);
    assertThat(view.days()).isEqualTo(2);
    assertThat(view.used()).isEqualTo(sum(48));
  }

  @Test
  void use_of_more_than_seven_days_ago_is_forgotten() {
    assertThat(after(Duration.ofDays(9), evenly(48), 2_000).state()).isEqualTo(State.UNUSED);
    assertThat(after(Duration.ofDays(9).minusSeconds(1), evenly(48), 2_000).used()).isEqualTo(sum(1));
  }

  @Test
  void what_lasts_for_ten_years_has_no_instant() {
    long tenYears = 24 * 3_650;
    assertThat(after(Duration.ofDays(10), evenly(240), 1_000 + tenYears).state()).isEqualTo(State.RUNNING_OUT);
    assertThat(after(Duration.ofDays(10), evenly(240), 1_000 + tenYears + 1).state()).isEqualTo(State.LASTING);
  }

  /** All in one hour of the day: it may be refused up to a day before or after an even use would. */
  @Test
  void office_hours_widen_the_range() {
    Map<Instant, NeuronSum> fees = new HashMap<>();
    for (int day = 0; day < 10; day++) {
      fees.put(BEGIN.plus(Duration.ofDays(day)), sum(24));
    }
    RunwayView view = after(Duration.ofDays(10), fees, 1_000 + 48);
    assertThat(view.earliest()).isEqualTo(Optional.of(BEGIN.plus(Duration.ofDays(11)).plus(Duration.ofHours(1))));
    assertThat(view.latest()).isEqualTo(Optional.of(BEGIN.plus(Duration.ofDays(13)).minus(Duration.ofHours(1))));
  }

  /** One day of seven: nobody knows how long it lasts. */
  @Test
  void a_use_that_varies_too_much_has_no_end_of_its_range() {
    Map<Instant, NeuronSum> fees = Map.of(BEGIN.plus(Duration.ofDays(5)), sum(168));
    RunwayView view = after(Duration.ofDays(10), fees, 2_000);
    assertThat(view.refusedAt()).isPresent();
    assertThat(view.latest()).isEmpty();
  }
}
