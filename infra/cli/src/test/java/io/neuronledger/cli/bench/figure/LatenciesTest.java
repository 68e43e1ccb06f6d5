package io.neuronledger.cli.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void a_percentile_is_the_smallest_time_that_so_many_do_not_exceed() {
    Latencies hundred = new Latencies(LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000).boxed().toList());
    assertThat(hundred.percentile(50)).isEqualTo(50);
    assertThat(hundred.percentile(99)).isEqualTo(99);
    assertThat(hundred.percentile(100)).isEqualTo(100);
    Latencies one = new Latencies(List.of(2_500_000L));
    assertThat(one.percentile(50)).isEqualTo(2.5);
    assertThat(one.percentile(99)).isEqualTo(2.5);
  }
}
