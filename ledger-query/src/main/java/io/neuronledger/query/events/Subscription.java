package io.neuronledger.query.events;

import io.neuronledger.foundation.problem.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open answer with events, written on the thread of its request. It takes the next chunk once the one before it is
 * sent, so a client that does not read holds one chunk, and nobody waits for it.
 */
final class Subscription {
  /** How often the credential is verified again. */
  static final Duration RECHECK = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Parts parts;
  private final EventPosition position;
  private final EventPosition end;
  private final EventWriter writer;
  private final Semaphore news = new Semaphore(0);
  private final List<Integer> partitions;
  private final Map<Integer, Long> offsets = new HashMap<>();
  private int turn;
  private Instant writtenAt = Instant.MIN;
  private Instant checkedAt;
  private String writtenId = "";

  /**
   * What a subscription is made of.
   *
   * @param owner whose events are wanted; empty: everybody's
   * @param isUntilNow whether it ends with the last event that there was at its beginning
   * @param credential why the credential is not good any more; empty while it is
   * @param isEnding whether the service is
   * @param sent receives how many events were sent
   */
  record Parts(EventTail tail, EventHistory history, Optional<String> owner, boolean isUntilNow,
      SubscriptionSettings settings, Supplier<Optional<Refusal>> credential, BooleanSupplier isEnding,
      InstantSource clock, IntConsumer sent) {}

  /** Why a subscription has ended. */
  enum Outcome { COMPLETE, SERVICE_ENDING, CREDENTIAL }

  /** @param position at which it begins; it moves */
  Subscription(Parts parts, EventPosition position, EventWriter writer) {
    this.parts = parts;
    this.position = position;
    this.partitions = position.partitions();
    this.end = now(parts.tail(), position);
    this.writer = writer;
    this.checkedAt = parts.clock().instant();
  }

  private static EventPosition now(EventTail tail, EventPosition position) {
    long[] ends = new long[tail.partitionCount()];
    for (int partition : position.partitions()) {
      ends[partition] = tail.next(partition);
    }
    return EventPosition.ofAll(tail.topic(), ends);
  }

  /**
   * Sends events until it is over.
   *
   * @param path of the request
   * @throws IOException if the client is gone, or has read nothing for too long
   */
  Outcome run(String path) throws IOException, InterruptedException {
    parts.tail().add(news, parts.owner());
    try {
      writer.retry(parts.settings().retry());
      writeId();
      writer.flush();
      while (true) {
        if (parts.isEnding().getAsBoolean()) {
          return Outcome.SERVICE_ENDING;
        }
        Optional<Refusal> refusal = refusal();
        if (refusal.isPresent()) {
          writer.problem(Refusal.view(refusal.get().code(), refusal.get().detail(), path, Optional.empty()));
          writer.flush();
          return Outcome.CREDENTIAL;
        }
        // What comes while this reads is not waited for.
        news.drainPermits();
        boolean hasMoved = advance();
        if (isComplete()) {
          writeId();
          writer.flush();
          return Outcome.COMPLETE;
        }
        beatWhereDue();
        if (!hasMoved) {
          var _ = news.tryAcquire(untilNext().toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } finally {
      parts.tail().remove(news, parts.owner());
    }
  }

  private Optional<Refusal> refusal() {
    if (isCheckedRecently()) {
      return Optional.empty();
    }
    checkedAt = parts.clock().instant();
    return parts.credential().get();
  }

  private boolean isCheckedRecently() {
    return parts.clock().instant().isBefore(checkedAt.plus(RECHECK));
  }

  /** Sends a chunk of each partition that has one, in turn; whether there may be more. */
  private boolean advance() throws IOException, InterruptedException {
    boolean hasMoved = false;
    int written = 0;
    for (int i = 0; i < partitions.size(); i++) {
      if (!isCheckedRecently()) {
        hasMoved = true;
        break;
      }
      int partition = partitions.get(turn);
      turn = (turn + 1) % partitions.size();
      long from = position.next(partition);
      Optional<Chunk> chunk = next(partition, from);
      if (chunk.isEmpty()) {
        hasMoved = true;
      } else if (chunk.get().next() > from) {
        hasMoved = true;
        written += write(partition, chunk.get());
      }
    }
    if (written > 0) {
      writer.flush();
      writtenAt = parts.clock().instant();
      parts.sent().accept(written);
    }
    return hasMoved;
  }

  /** Without progress if there is no event yet, or Kafka does not answer; empty if its turn has not come. */
  private Optional<Chunk> next(int partition, long from) throws InterruptedException {
    if (parts.isUntilNow() && from >= end.next(partition)) {
      return Optional.of(Chunk.none(from));
    }
    Optional<Chunk> inMemory = parts.tail().from(partition, from, parts.owner());
    if (inMemory.isPresent()) {
      return inMemory;
    }
    Long offset = offsets.get(partition);
    try {
      return parts.history().read(partition, from, offset == null ? OptionalLong.empty() : OptionalLong.of(offset),
          parts.owner(), PATIENCE);
    } catch (KafkaException e) {
      log.warn("events cannot be read: {}", e.toString());
      return Optional.of(Chunk.none(from));
    }
  }

  private int write(int partition, Chunk chunk) throws IOException {
    long last = parts.isUntilNow() ? end.next(partition) : Long.MAX_VALUE;
    int written = 0;
    for (PublicEvent event : chunk.events()) {
      if (event.seq() < last) {
        position.move(partition, event.seq() + 1);
        writtenId = id();
        writer.event(writtenId, event);
        written++;
      }
    }
    position.move(partition, Math.min(chunk.next(), last));
    offsets.put(partition, chunk.offset());
    return written;
  }

  private boolean isComplete() {
    if (!parts.isUntilNow()) {
      return false;
    }
    for (int partition : partitions) {
      if (position.next(partition) < end.next(partition)) {
        return false;
      }
    }
    return true;
  }

  private void beatWhereDue() throws IOException {
    if (!parts.clock().instant().isBefore(writtenAt.plus(parts.settings().heartbeat()))) {
      writer.heartbeat();
      writeId();
      writer.flush();
    }
  }

  /** Where others' events were passed over, the position has moved without an event. */
  private void writeId() throws IOException {
    String id = id();
    if (!id.equals(writtenId)) {
      writer.id(id);
      writtenId = id;
    }
    writtenAt = parts.clock().instant();
  }

  private String id() {
    return position.text(parts.tail().chainId());
  }

  private Duration untilNext() {
    Duration untilBeat = Duration.between(parts.clock().instant(), writtenAt.plus(parts.settings().heartbeat()));
    return untilBeat.isNegative() ? Duration.ZERO : untilBeat.compareTo(RECHECK) < 0 ? untilBeat : RECHECK;
  }
}
