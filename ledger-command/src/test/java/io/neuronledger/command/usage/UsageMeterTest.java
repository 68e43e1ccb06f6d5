package io.neuronledger.command.usage;

import static io.neuronledger.command.fixture.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.usage.UsageTotal;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsageMeterTest {
  private static final int KAFKA_RECORD_MAX = 1 << 20;

  @Test
  void the_two_pools_have_separate_totals() {
    List<UsageLine> lines = List.of(report("r-1", 5).line(), router("r-2", 7), report("r-3", 11).line());

    List<UsageEvent.UsageRecorded> events = UsageMeter.UNUSED.decide(Wallets.ALICES, lines);

    assertThat(events).singleElement().satisfies(event -> {
      assertThat(event.lines()).isEqualTo(lines);
      assertThat(event.direct()).isEqualTo(new UsageTotal(2, NeuronSum.parse("16")));
      assertThat(event.router()).isEqualTo(new UsageTotal(1, NeuronSum.parse("7")));
    });
  }

  @Test
  void the_last_event_is_the_whole_state() {
    UsageMeter meter = UsageMeter.after(UsageMeter.UNUSED.decide(Wallets.ALICES, List.of(report("r-1", 5).line()))
        .getLast());

    assertThat(meter.decide(Wallets.ALICES, List.of(report("r-2", 6).line())).getLast().direct())
        .isEqualTo(new UsageTotal(2, NeuronSum.parse("11")));
  }

  @Test
  void no_accepted_line_means_no_event() {
    assertThat(UsageMeter.UNUSED.decide(Wallets.ALICES, List.of())).isEmpty();
  }

  @Test
  void a_large_poll_is_told_in_events_of_500_lines_each_with_its_own_total() {
    List<UsageLine> lines = IntStream.range(0, 1_001).mapToObj(i -> report("r-" + i, 1).line()).toList();

    List<UsageEvent.UsageRecorded> events = UsageMeter.UNUSED.decide(Wallets.ALICES, lines);

    assertThat(events).extracting(event -> event.lines().size()).containsExactly(500, 500, 1);
    assertThat(events).extracting(event -> event.direct().requests()).containsExactly(500L, 1_000L, 1_001L);
  }

  @Test
  void a_total_may_leave_256_bits() {
    UsageMeter full = new UsageMeter(new UsageTotal(1, NeuronSum.of(Neuron.MAX)), UsageTotal.ZERO);

    assertThat(full.decide(Wallets.ALICES, List.of(report("r-1", 1).line())).getLast().direct().fees())
        .isEqualTo(NeuronSum.of(Neuron.MAX).plus(Neuron.parse("1")));
  }

  /** Every text has its maximum length, of characters that JSON escapes. */
  @Test
  void the_largest_event_fits_into_a_kafka_record() {
    Neuron price = new Neuron(Neuron.MAX.value().divide(BigInteger.valueOf(3L * Units.COUNT_MAX)));
    Units units = new Units.Tokens(Units.COUNT_MAX, Units.COUNT_MAX - 1, Units.COUNT_MAX, price, price, price);
    String longest = "\\".repeat(200);
    UsageLine line = new UsageLine(new RequestId(longest), new ModelName(longest), units, units.fee().orElseThrow(),
        report("r", 1).when().plusNanos(123_456_000), UsageSource.DIRECT, Optional.of(new ApiKeyId(longest)),
        Optional.empty());
    SubAccountId meter = new SubAccountId(Wallets.ALICE, Wallets.PROVIDER, ServiceName.of("\u0001".repeat(200)));

    UsageEvent.UsageRecorded event = UsageMeter.UNUSED.decide(meter,
        Collections.nCopies(UsageEvent.UsageRecorded.LINES_MAX, line)).getFirst();

    assertThat(TopicJson.MAPPER.writeValueAsBytes(event).length).isLessThan(KAFKA_RECORD_MAX - 4_096);
  }

  private static UsageLine router(String id, long images) {
    return report(id, Wallets.ALICES, images, UsageSource.ROUTER).line();
  }
}
