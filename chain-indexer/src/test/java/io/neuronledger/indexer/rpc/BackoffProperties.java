package io.neuronledger.indexer.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffProperties {
  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration MAX = Duration.ofSeconds(30);

  @Property
  void doubles_up_to_the_longest_with_jitter(@ForAll @IntRange(min = 1, max = 1_000_000) int failures,
      @ForAll long seed) {
    Duration wait = new Backoff(FIRST, MAX, new SplittableRandom(seed)).after(failures);
    long full = failures > 8 ? MAX.toMillis() : Math.min(MAX.toMillis(), FIRST.toMillis() << (failures - 1));
    assertThat(wait).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
  }

  @Property
  void a_polling_interval_is_a_tenth_off_at_most(@ForAll @IntRange(min = 1, max = 100_000) int millis,
      @ForAll long seed) {
    Duration mean = Duration.ofMillis(millis);
    Duration around = new Backoff(FIRST, MAX, new SplittableRandom(seed)).around(mean);
    long tenth = Math.max(1, millis / 10);
    assertThat(around.toMillis()).isBetween(Math.max(1, millis - tenth), millis + tenth);
  }

  @Example
  void two_clients_do_not_come_back_together() {
    Backoff one = new Backoff(FIRST, MAX, new SplittableRandom(1));
    Backoff other = new Backoff(FIRST, MAX, new SplittableRandom(2));
    assertThat(one.after(8)).isNotEqualTo(other.after(8));
  }

  @Example
  void refuses_bounds_that_make_no_sense() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, MAX, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(MAX, FIRST, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
