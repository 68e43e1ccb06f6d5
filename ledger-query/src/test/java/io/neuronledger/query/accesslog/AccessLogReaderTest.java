package io.neuronledger.query.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.testkit.servers.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A Kafka that takes its time with every step, by a clock that the test moves. */
class AccessLogReaderTest {
  private static final Duration STEP = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock();
  private final List<Duration> allowed = new ArrayList<>();

  /** Each step takes a second, but for the records, which never come. */
  private final class Slow extends MockConsumer<byte[], byte[]> {
    Slow() {
      super("none");
      TopicPartition partition = new TopicPartition(Topics.ACCESS_LOG, AccessLogPartition.LEDGER_QUERY.number());
      updateBeginningOffsets(Map.of(partition, 0L));
      updateEndOffsets(Map.of(partition, 10L));
    }

    private void step(Duration timeout) {
      allowed.add(timeout);
      clock.pass(STEP);
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions, Duration timeout) {
      step(timeout);
      return super.beginningOffsets(partitions, timeout);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
      step(timeout);
      return super.endOffsets(partitions, timeout);
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times, Duration timeout) {
      step(timeout);
      Map.Entry<TopicPartition, Long> asked = times.entrySet().iterator().next();
      return Map.of(asked.getKey(), new OffsetAndTimestamp(3, asked.getValue()));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      clock.pass(timeout);
      return ConsumerRecords.empty();
    }

    @Override
    public void close(CloseOptions options) {
      allowed.add(options.timeout().orElseThrow());
    }
  }

  @Test
  void all_steps_together_have_one_deadline() {
    AccessFilter filter = new AccessFilter(AccessLogPartition.LEDGER_QUERY, Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.of(Instant.EPOCH), Optional.empty(), 10);
    Instant begin = clock.instant();
    assertThatThrownBy(() -> new AccessLogReader(Slow::new, clock).page(filter)).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.ACCESS_LOG_UNAVAILABLE));
    Duration whole = AccessLogReader.DEADLINE;
    assertThat(allowed).containsExactly(whole, whole.minus(STEP), whole.minus(STEP.multipliedBy(2)), Duration.ZERO);
    assertThat(Duration.between(begin, clock.instant())).isEqualTo(whole);
  }
}
