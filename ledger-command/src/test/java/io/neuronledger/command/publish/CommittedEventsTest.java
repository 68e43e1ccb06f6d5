package io.neuronledger.command.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.store.EventTable.StoredEvent;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommittedEventsTest {
  private static final int ENOUGH = 100;
  private static final int EVENT_BYTES = 10;

  private final CommittedEvents committed = new CommittedEvents(5 * EVENT_BYTES);

  private static List<StoredEvent> events(int partition, int from, int to) {
    return IntStream.range(from, to).mapToObj(seq -> new StoredEvent(partition, seq, OptionalLong.empty(),
        "partition:" + partition, seq, "block-sealed.v1", Instant.EPOCH, new RawBytes(new byte[EVENT_BYTES]),
        new RawBytes(new byte[0]))).toList();
  }

  @Test
  void events_are_taken_once_from_exactly_the_position() {
    committed.follow(List.of(0));
    committed.accept(events(0, 7, 11));
    assertThat(committed.take(0, 6, ENOUGH)).as("a gap").isEmpty();
    assertThat(committed.take(0, 7, 3)).isEqualTo(events(0, 7, 10));
    assertThat(committed.take(0, 7, ENOUGH)).as("taken already").isEmpty();
    assertThat(committed.take(0, 10, ENOUGH)).isEqualTo(events(0, 10, 11));
  }

  @Test
  void events_published_from_the_store_are_dropped() {
    committed.follow(List.of(0));
    committed.accept(events(0, 0, 5));
    assertThat(committed.take(0, 5, ENOUGH)).isEmpty();
    assertThat(committed.take(0, 0, ENOUGH)).isEmpty();
    committed.accept(events(0, 5, 10));
    assertThat(committed.take(0, 5, ENOUGH)).as("their bytes are free again").isEqualTo(events(0, 5, 10));
  }

  @Test
  void commits_arrive_in_either_order() {
    committed.follow(List.of(0));
    committed.accept(events(0, 2, 4));
    assertThat(committed.take(0, 0, ENOUGH)).isEmpty();
    committed.accept(events(0, 0, 2));
    assertThat(committed.take(0, 0, ENOUGH)).isEqualTo(events(0, 0, 4));
  }

  @Test
  void events_beyond_the_bound_are_left_to_the_store() {
    committed.follow(List.of(0, 1));
    committed.accept(events(0, 0, 4));
    committed.accept(events(1, 0, 3));
    assertThat(committed.take(1, 0, ENOUGH)).isEqualTo(events(1, 0, 1));
    assertThat(committed.take(0, 0, ENOUGH)).isEqualTo(events(0, 0, 4));
    assertThat(committed.take(1, 1, ENOUGH)).isEmpty();
  }

  @Test
  void only_events_of_followed_partitions_are_kept() {
    committed.accept(events(0, 0, 5));
    committed.follow(List.of(1));
    committed.accept(events(0, 0, 5));
    committed.accept(events(1, 0, 5));
    assertThat(committed.take(0, 0, ENOUGH)).isEmpty();
    committed.unfollow(List.of(1));
    assertThat(committed.take(1, 0, ENOUGH)).isEmpty();
  }
}
