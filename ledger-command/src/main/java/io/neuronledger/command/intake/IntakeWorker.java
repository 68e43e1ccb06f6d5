package io.neuronledger.command.intake;

import io.neuronledger.command.lane.ChainRecordReader;
import io.neuronledger.command.lane.LaneStopped;
import io.neuronledger.command.lane.LaneTaken;
import io.neuronledger.command.lane.LaneWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.common.caching.Cache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer of the intake's group, with the lanes assigned to it. Used by one thread. */
final class IntakeWorker implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(IntakeWorker.class);

  private final Consumer<byte[], byte[]> consumer;
  private final IntakeSettings settings;
  private final LaneWork work;
  private final ChainRecordReader records;
  private final IntakeProgress progress;
  private final Cache aggregates;
  private final Clock clock;
  private final Map<Integer, AssignedLane> lanes = new HashMap<>();
  private final Map<Integer, Instant> waiting = new HashMap<>();

  IntakeWorker(Consumer<byte[], byte[]> consumer, IntakeSettings settings, LaneWork work, ChainRecordReader records,
      IntakeProgress progress, Cache aggregates, Clock clock) {
    this.consumer = consumer;
    this.settings = settings;
    this.work = work;
    this.records = records;
    this.progress = progress;
    this.aggregates = aggregates;
    this.clock = clock;
  }

  /** One step: what Kafka has of the assigned lanes, each lane by itself. */
  void step() {
    Instant now = clock.instant();
    for (AssignedLane lane : List.copyOf(lanes.values())) {
      Instant until = waiting.get(lane.partition().partition());
      if (until != null && !now.isBefore(until)) {
        waiting.remove(lane.partition().partition());
        open(lane);
      }
    }
    ConsumerRecords<byte[], byte[]> delivered = poll();
    for (TopicPartition partition : delivered.partitions()) {
      AssignedLane lane = lanes.get(partition.partition());
      if (lane != null && !waiting.containsKey(partition.partition())) {
        take(lane, delivered);
      }
    }
    lanes.forEach((number, lane) -> {
      if (!waiting.containsKey(number)) {
        guarded(lane, each -> each.requirePlaceFound(consumer));
      }
      if (!waiting.containsKey(number)) {
        progress.running(number, lane.nextSeq(), lagOf(lane), lane.quarantinedOwners());
      }
    });
    progress.stepped();
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(settings.pollTimeout());
    } catch (OffsetOutOfRangeException e) {
      for (TopicPartition partition : e.partitions()) {
        log.warn("Lane {}: the stored offset is not in {}. Counting from its first record.", partition.partition(),
            partition.topic());
        guarded(Objects.requireNonNull(lanes.get(partition.partition())), lane -> lane.openFromBeginning(consumer));
      }
      return ConsumerRecords.empty();
    }
  }

  private void take(AssignedLane lane, ConsumerRecords<byte[], byte[]> delivered) {
    guarded(lane, each -> {
      int taken = each.take(delivered.records(each.partition()), consumer);
      if (taken > 0) {
        progress.moved(each.partition().partition(), taken);
      }
    });
  }

  private void open(AssignedLane lane) {
    guarded(lane, each -> each.open(consumer));
  }

  /** A lane that fails waits, and the others go on: so this catches whatever a lane can throw. */
  private void guarded(AssignedLane lane, java.util.function.Consumer<AssignedLane> action) {
    try {
      action.accept(lane);
    } catch (LaneTaken e) {
      log.info("{}. Reading it again.", e.getMessage());
      aggregates.removeAll();
      open(lane);
    } catch (LaneStopped e) {
      if (lane.isMisplaced()) {
        log.warn("{}. The stored offset may be wrong: counting from the first record.", e.getMessage());
        guarded(lane, each -> each.openFromBeginning(consumer));
        return;
      }
      log.error("STOPPED, a person is needed: {}", e.getMessage());
      rest(lane, LaneProgress.State.STOPPED, e, settings.stoppedRetryAfter());
    } catch (RuntimeException e) {
      log.warn("Lane {} failed, trying again: {}", lane.partition().partition(), e.toString(), e);
      rest(lane, LaneProgress.State.RETRYING, e, settings.retryAfter());
    }
  }

  private void rest(AssignedLane lane, LaneProgress.State state, RuntimeException why, Duration pause) {
    int number = lane.partition().partition();
    consumer.pause(List.of(lane.partition()));
    waiting.put(number, clock.instant().plus(pause));
    progress.resting(number, state, lane.nextSeq(), lagOf(lane), String.valueOf(why.getMessage()));
  }

  private OptionalLong lagOf(AssignedLane lane) {
    return lane.lag(consumer);
  }

  /** The store, not the group, says where a lane stands: the position is set before anything is fetched. */
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // Whoever had them before has written to the same aggregates.
    aggregates.removeAll();
    for (TopicPartition partition : partitions) {
      AssignedLane lane =
          new AssignedLane(partition.partition(), settings.lanes(), settings.unitMax(), work, records);
      lanes.put(partition.partition(), lane);
      consumer.seek(partition, 0);
      open(lane);
    }
    log.info("Recording lanes {}", lanes.keySet());
    progress.assigned();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      lanes.remove(partition.partition());
      waiting.remove(partition.partition());
      progress.left(partition.partition());
    }
    // Whoever has them next writes to the same aggregates.
    aggregates.removeAll();
  }
}
