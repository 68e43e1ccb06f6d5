package io.neuronledger.query.events;

import static java.util.Objects.requireNonNull;

import io.neuronledger.contracts.topic.event.EventTopic;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads events of a topic from Kafka that are no longer in memory, a chunk at a time and {@value #AT_ONCE} chunks at
 * once: however many subscriptions catch up, they take turns. An event that was published again comes once.
 */
public final class EventHistory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventHistory.class);
  private static final int AT_ONCE = 4;
  private static final int POLL_RECORDS = 200;
  /** The most records that are looked at for one chunk: where few are wanted, others have their turn between. */
  private static final int LOOKED_AT_MAX = 10_000;
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(200);
  /** Shorter: of what was taken back nothing comes, and the position alone moves. */
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final long LOOKS_MAX = DEADLINE.dividedBy(LOOK);

  private final EventTopic topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final Queue<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedQueue<>();

  public EventHistory(EventTopic topic, KafkaClients kafka) {
    this.topic = topic;
    KafkaClients clients = new KafkaClients(kafka.properties(), DEADLINE, kafka.sessionTimeout(), kafka.compression());
    this.consumers = () -> clients.reader(POLL_RECORDS);
  }

  /** Reads with a consumer that is assigned to a partition. */
  private interface Reading<T> {
    T read(Consumer<byte[], byte[]> consumer, TopicPartition partition);
  }

  /**
   * The events from a position on.
   *
   * @param offset from which the event of that number is read; empty: it is looked for
   * @param owner whose events are wanted; empty: everybody's
   * @param patience how long it waits for its turn
   * @return empty if its turn has not come, or if no event has come yet
   * @throws KafkaException if Kafka does not answer
   */
  public Optional<Chunk> read(int partition, long position, OptionalLong offset, Optional<String> owner,
      Duration patience) throws InterruptedException {
    return inTurn(partition, patience, (consumer, assigned) -> {
      // A topic that was made anew has the same numbers and other offsets.
      Optional<Chunk> chunk = offset.isPresent()
          ? remembered(consumer, assigned, new Start(position, offset.getAsLong(), false), owner) : Optional.empty();
      if (chunk.isPresent()) {
        return chunk.get();
      }
      return read(consumer, assigned, new Start(position, find(consumer, assigned, position), true), owner)
          .orElse(Chunk.none(position));
    }).filter(chunk -> chunk.next() > position);
  }

  /**
   * Whether there is an event of that number; empty if its turn has not come.
   *
   * @throws KafkaException if Kafka does not answer
   */
  Optional<Boolean> contains(int partition, long seq, Duration patience) throws InterruptedException {
    return inTurn(partition, patience, (consumer, assigned) -> {
      long end = requireNonNull(consumer.endOffsets(List.of(assigned)).get(assigned));
      return first(consumer, assigned, find(consumer, assigned, seq), end).filter(event -> event.seq() == seq)
          .isPresent();
    });
  }

  /**
   * The number of the first event that was recorded at a time or after it, by halving; empty without patience for its
   * turn. An empty number: there is none yet. Where the clock of who records went back, events on both sides of that
   * may be the first.
   *
   * @throws KafkaException if Kafka does not answer
   */
  public Optional<OptionalLong> firstFrom(int partition, Instant time, Duration patience) throws InterruptedException {
    return inTurn(partition, patience, (consumer, assigned) -> {
      List<TopicPartition> one = List.of(assigned);
      long end = requireNonNull(consumer.endOffsets(one).get(assigned));
      long low = requireNonNull(consumer.beginningOffsets(one).get(assigned));
      long high = end;
      while (low < high) {
        long middle = low + (high - low) / 2;
        Optional<PublicEvent> found = first(consumer, assigned, middle, high);
        if (found.flatMap(PublicEvent::recordedAt).filter(time::isAfter).isPresent()) {
          low = found.orElseThrow().offset() + 1;
        } else {
          high = middle;
        }
      }
      return first(consumer, assigned, low, end).map(event -> OptionalLong.of(event.seq()))
          .orElseGet(OptionalLong::empty);
    });
  }

  private <T> Optional<T> inTurn(int partition, Duration patience, Reading<T> reading) throws InterruptedException {
    if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    @Nullable Consumer<byte[], byte[]> consumer = null;
    try {
      Consumer<byte[], byte[]> waiting = idle.poll();
      consumer = waiting == null ? consumers.get() : waiting;
      TopicPartition assigned = new TopicPartition(topic.topic(), partition);
      if (!consumer.assignment().equals(Set.of(assigned))) {
        consumer.assign(List.of(assigned));
        // Without a position a consumer refuses to say which one it has.
        consumer.seek(assigned, 0);
      }
      T result = reading.read(consumer, assigned);
      idle.add(consumer);
      consumer = null;
      return Optional.of(result);
    } finally {
      if (consumer != null) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
      }
      places.release();
    }
  }

  /**
   * Where a chunk begins.
   *
   * @param isFound whether the offset was looked for now; a remembered one may be wrong
   */
  private record Start(long position, long offset, boolean isFound) {}

  private Optional<Chunk> remembered(Consumer<byte[], byte[]> consumer, TopicPartition partition, Start start,
      Optional<String> owner) {
    try {
      return read(consumer, partition, start, owner);
    } catch (InvalidOffsetException e) {
      return Optional.empty();
    }
  }

  /** Empty if the offset was wrong: an event after that of the position is read from it. */
  private Optional<Chunk> read(Consumer<byte[], byte[]> consumer, TopicPartition partition, Start start,
      Optional<String> owner) {
    // What was fetched ahead is used where the same reader goes on.
    if (consumer.position(partition) != start.offset()) {
      consumer.seek(partition, start.offset());
    }
    List<PublicEvent> wanted = new ArrayList<>();
    long next = start.position();
    long nextOffset = start.offset();
    int bytes = 0;
    int lookedAt = 0;
    while (lookedAt < LOOKED_AT_MAX) {
      List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        long expected = next;
        Optional<PublicEvent> event = PublicEvent.of(record, topic).filter(each -> each.seq() >= expected);
        if (!start.isFound() && next == start.position()
            && event.filter(each -> each.seq() > start.position()).isPresent()) {
          return Optional.empty();
        }
        if (event.isPresent() && (owner.isEmpty() || owner.get().equals(event.get().owner()))) {
          bytes += event.get().value().length();
          if (bytes > Chunk.BYTES_MAX && !wanted.isEmpty()) {
            return Optional.of(new Chunk(wanted, next, nextOffset));
          }
          wanted.add(event.get());
        }
        next = event.map(each -> each.seq() + 1).orElse(next);
        nextOffset = record.offset() + 1;
      }
      lookedAt += records.size();
      if (records.isEmpty() || (owner.isEmpty() && !wanted.isEmpty())) {
        return Optional.of(new Chunk(wanted, next, nextOffset));
      }
    }
    return Optional.of(new Chunk(wanted, next, nextOffset));
  }

  /**
   * The offset from which the event of a number is read, by halving: an offset is never below the number, and above it
   * by the markers with which transactions end.
   */
  private long find(Consumer<byte[], byte[]> consumer, TopicPartition partition, long seq) {
    List<TopicPartition> one = List.of(partition);
    long end = requireNonNull(consumer.endOffsets(one).get(partition));
    long low = Math.min(requireNonNull(consumer.beginningOffsets(one).get(partition)) + seq, end);
    long high = end;
    while (low < high) {
      long middle = low + (high - low) / 2;
      Optional<PublicEvent> found = first(consumer, partition, middle, high);
      if (found.isEmpty() || found.get().seq() >= seq) {
        high = middle;
      } else {
        low = found.get().offset() + (seq - found.get().seq());
      }
    }
    return Math.min(low, end);
  }

  /** The first event from an offset on; empty if there is none before the end. */
  private Optional<PublicEvent> first(Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset,
      long end) {
    consumer.seek(partition, offset);
    for (long looks = 0; consumer.position(partition) < end; looks++) {
      if (looks > LOOKS_MAX) {
        throw new TimeoutException("the events from offset " + offset + " on do not come");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK).records(partition)) {
        Optional<PublicEvent> event = PublicEvent.of(record, topic);
        if (event.isPresent()) {
          return event;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    for (Consumer<byte[], byte[]> each = idle.poll(); each != null; each = idle.poll()) {
      try {
        each.close(CloseOptions.timeout(Duration.ZERO));
      } catch (KafkaException e) {
        log.debug("a consumer could not be closed", e);
      }
    }
  }
}
