package io.neuronledger.foundation.partitionlog.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.testkit.servers.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Two partitions, read by Kafka's own consumer without a broker. */
class PartitionReaderTest {
  private static final Duration HALTED_RETRY = Duration.ofSeconds(30);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final MemoryStore store = new MemoryStore();
  private final ManualClock clock = new ManualClock();
  private final PartitionProgress progress = new PartitionProgress(clock);

  private PartitionReader<AccountRecord> reader(boolean recounts) {
    consumer.updateBeginningOffsets(Map.of(at(0), 0L, at(1), 0L));
    consumer.updateEndOffsets(Map.of(at(0), 0L, at(1), 0L));
    return new PartitionReader<>(Records.TOPIC, store, new ReaderSettings(Duration.ZERO, Duration.ofMillis(100),
        HALTED_RETRY, recounts), progress, clock, consumer).assignAll();
  }

  @Test
  void a_partition_that_fails_holds_up_no_other_and_goes_on_by_itself() {
    PartitionReader<AccountRecord> reader = reader(false);
    store.failing.add(1);
    publish(Records.record(0, 0, 0), Records.record(1, 0, 0));
    reader.step();
    publish(Records.record(0, 0, 0), Records.record(1, 0, 0));
    reader.step();
    assertThat(store.handled).containsExactly("0:0");
    assertThat(progress.partition(1)).hasValueSatisfying(partition ->
        assertThat(partition.state()).isEqualTo(PartitionProgress.State.RETRYING));
    publish(Records.record(0, 1, 1));
    reader.step();
    assertThat(store.handled).containsExactly("0:0", "0:1");

    store.failing.clear();
    clock.pass(Duration.ofMillis(100));
    reader.step();
    publish(Records.record(1, 0, 0));
    reader.step();
    assertThat(store.handled).containsExactly("0:0", "0:1", "1:0");
    assertThat(progress.partition(1)).hasValueSatisfying(partition ->
        assertThat(partition.state()).isEqualTo(PartitionProgress.State.RUNNING));
  }

  @Test
  void partitions_of_one_poll_are_handled_together_and_again_after_each_succeeded_alone() {
    PartitionReader<AccountRecord> reader = reader(false);
    publish(Records.record(0, 0, 0), Records.record(1, 0, 0));
    reader.step();
    assertThat(store.calls).containsExactly(List.of(0, 1));

    store.failing.add(1);
    publish(Records.record(0, 1, 1), Records.record(1, 1, 1));
    reader.step();
    store.failing.clear();
    publish(Records.record(0, 1, 1), Records.record(1, 1, 1));
    reader.step();
    publish(Records.record(0, 2, 2), Records.record(1, 2, 2));
    reader.step();
    assertThat(store.calls.subList(1, 5))
        .containsExactly(List.of(0, 1), List.of(0), List.of(1), List.of(0, 1));
    assertThat(store.handled).containsExactly("0:0", "1:0", "0:1", "1:1", "0:2", "1:2");
  }

  /** Another instance writes to partition 1 as well: each time this one has loaded the position, it has moved on. */
  @Test
  void a_partition_that_another_writer_moves_again_and_again_holds_up_no_other() {
    PartitionReader<AccountRecord> reader = reader(false);
    store.moving.add(1);
    for (int poll = 0; poll < 3; poll++) {
      long seq = store.load(0).nextSeq();
      publish(Records.record(0, seq, seq), Records.record(1, consumer.position(at(1)), consumer.position(at(1))));
      reader.step();
    }
    assertThat(store.handled).containsExactly("0:0", "0:1");
    assertThat(progress.partition(1)).hasValueSatisfying(partition ->
        assertThat(partition.state()).isEqualTo(PartitionProgress.State.RUNNING));
  }

  @Test
  void a_halted_partition_is_read_again_after_its_pause_and_others_go_on_meanwhile() {
    PartitionReader<AccountRecord> reader = reader(false);
    publish(Records.record(0, 0, 5), Records.record(1, 0, 0));
    reader.step();
    assertThat(store.handled).containsExactly("1:0");
    assertThat(progress.partition(0)).hasValueSatisfying(partition -> {
      assertThat(partition.state()).isEqualTo(PartitionProgress.State.HALTED);
      assertThat(partition.reason()).contains("a hole: expected seq 0, found seq 5");
    });
    assertThat(progress.halted()).isEqualTo(1);
    assertThat(consumer.paused()).containsExactly(at(0));

    clock.pass(HALTED_RETRY.minusMillis(1));
    reader.step();
    assertThat(consumer.paused()).containsExactly(at(0));
    clock.pass(Duration.ofMillis(1));
    reader.step();
    assertThat(consumer.paused()).isEmpty();
    publish(Records.record(0, 0, 0));
    reader.step();
    assertThat(store.handled).containsExactly("1:0", "0:0");
    assertThat(progress.halted()).isZero();
  }

  @Test
  void after_a_conflict_the_position_is_loaded_again() {
    PartitionReader<AccountRecord> reader = reader(false);
    store.positions.put(0, new PartitionPosition(0, 2, 2, Optional.empty()));
    publish(Records.record(0, 0, 0));
    reader.step();
    assertThat(store.handled).isEmpty();
    assertThat(consumer.position(at(0))).isEqualTo(2);
    publish(Records.record(0, 2, 2));
    reader.step();
    assertThat(store.handled).containsExactly("0:2");
  }

  @Test
  void where_the_stored_offset_is_wrong_a_partition_is_counted_from_its_first_record() {
    store.positions.put(0, new PartitionPosition(0, 2, 7, Optional.empty()));
    PartitionReader<AccountRecord> reader = reader(true);
    publish(Records.record(0, 0, 0));
    reader.step();
    assertThat(store.firstChecked).containsExactly(0);
    assertThat(consumer.position(at(0))).isEqualTo(7);
    publish(Records.record(0, 7, 3));
    reader.step();
    publish(Records.record(0, 0, 0), Records.record(0, 3, 1), Records.record(0, 6, 2));
    reader.step();
    assertThat(store.handled).containsExactly("0:2");
  }

  @Test
  void without_a_recount_a_wrong_offset_halts_the_partition() {
    store.positions.put(0, new PartitionPosition(0, 2, 7, Optional.empty()));
    PartitionReader<AccountRecord> reader = reader(false);
    publish(Records.record(0, 7, 3));
    reader.step();
    assertThat(progress.partition(0)).hasValueSatisfying(partition ->
        assertThat(partition.reason()).contains("a hole"));
  }

  @Test
  void an_offset_that_kafka_does_not_have_halts_the_partition() {
    store.positions.put(0, new PartitionPosition(0, 2, 7, Optional.empty()));
    PartitionReader<AccountRecord> reader = reader(false);
    consumer.updateBeginningOffsets(Map.of(at(0), 20L));
    publish(Records.record(0, 20, 8));
    reader.step();
    assertThat(progress.partition(0)).hasValueSatisfying(partition ->
        assertThat(partition.reason()).contains("Kafka does not have offset 7, from which seq 2 is read"));
  }

  @Test
  void a_topic_that_ends_before_the_stored_position_halts_the_partition() {
    store.positions.put(0, new PartitionPosition(0, 3, 7, Optional.empty()));
    PartitionReader<AccountRecord> reader = reader(true);
    consumer.updateBeginningOffsets(Map.of(at(0), 0L));
    publish(Records.record(0, 0, 0));
    reader.step();
    publish(Records.record(0, 7, 1));
    reader.step();
    publish(Records.record(0, 0, 0));
    reader.step();
    assertThat(progress.partition(0)).hasValueSatisfying(partition ->
        assertThat(partition.reason()).contains("it ends at seq 1, but this store has recorded it up to seq 2"));
  }

  @Test
  void each_failure_in_a_row_doubles_the_pause_up_to_ten_seconds() {
    ReaderSettings settings =
        new ReaderSettings(Duration.ZERO, Duration.ofMillis(100), HALTED_RETRY, false);
    assertThat(settings.retryAfter(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.retryAfter(2)).isEqualTo(Duration.ofMillis(200));
    assertThat(settings.retryAfter(7)).isEqualTo(Duration.ofMillis(6_400));
    assertThat(settings.retryAfter(8)).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.retryAfter(1_000)).isEqualTo(Duration.ofSeconds(10));
    assertThat(new ReaderSettings(Duration.ZERO, Duration.ofSeconds(30), HALTED_RETRY, false).retryAfter(3))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @SafeVarargs
  private void publish(ConsumerRecord<byte[], byte[]>... records) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      consumer.addRecord(record);
      ends.put(at(record.partition()), record.offset() + 1);
    }
    consumer.updateEndOffsets(ends);
  }

  private static TopicPartition at(int partition) {
    return new TopicPartition(Records.TOPIC.name(), partition);
  }
}
