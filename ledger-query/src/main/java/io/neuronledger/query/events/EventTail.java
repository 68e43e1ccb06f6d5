package io.neuronledger.query.events;

import static java.util.Objects.requireNonNull;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.event.EventTopic;
import io.neuronledger.foundation.partitionlog.ConsumerThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest events of a topic in memory, read from Kafka once for all subscriptions, on a thread of its own until
 * closed. While Kafka is away it keeps what it has, and goes on from there.
 */
public final class EventTail implements AutoCloseable {
  static final long NO_CHAIN = -1;
  private static final Logger log = LoggerFactory.getLogger(EventTail.class);
  private static final int BYTES_MAX = 32 << 20;
  /** How far before the end of a partition its last record is looked for, first; transactions end with a marker. */
  private static final long BACK = 100;
  private static final long FURTHER = 100;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

  private final EventTopic topic;
  private final int bytesMax;
  private final List<TopicPartition> partitions;
  private final List<PartitionTail> tails;
  private final Queue<PartitionTail> order = new ArrayDeque<>();
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private final Map<String, Set<Semaphore>> waitingForOwner = new ConcurrentHashMap<>();
  private final Set<Semaphore> waitingForAny = ConcurrentHashMap.newKeySet();
  private final ConsumerThread thread;
  private long bytes;
  private volatile long chainId = NO_CHAIN;
  private volatile boolean isStarted;

  /** @param consumers creates consumers without a group; this class closes them */
  public EventTail(EventTopic topic, Supplier<Consumer<byte[], byte[]>> consumers, Partitions partitions) {
    this(topic, consumers, partitions, BYTES_MAX);
  }

  /** @param bytesMax how much it keeps */
  EventTail(EventTopic topic, Supplier<Consumer<byte[], byte[]>> consumers, Partitions partitions, int bytesMax) {
    this.topic = topic;
    this.bytesMax = bytesMax;
    this.partitions = IntStream.range(0, partitions.count())
        .mapToObj(partition -> new TopicPartition(topic.topic(), partition)).toList();
    this.tails = this.partitions.stream().map(_ -> new PartitionTail()).toList();
    this.thread = new ConsumerThread("event-tail", topic.topic(), consumers, RETRY_DELAY, this::read);
  }

  public EventTopic topic() {
    return topic;
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Whether the end of every partition is known. */
  public boolean isStarted() {
    return isStarted;
  }

  /** The number that the next event of a partition has. */
  public long next(int partition) {
    return tails.get(partition).next();
  }

  public int partitionCount() {
    return tails.size();
  }

  /** The EIP-155 id of the events' chain; {@link #NO_CHAIN} before the first event. */
  public long chainId() {
    return chainId;
  }

  /** As {@link PartitionTail#from}. */
  public Optional<Chunk> from(int partition, long position, Optional<String> owner) {
    return tails.get(partition).from(position, owner);
  }

  /** Has the semaphore released whenever events of the owner come, or of anybody where none is named. */
  public void add(Semaphore news, Optional<String> owner) {
    if (owner.isEmpty()) {
      waitingForAny.add(news);
      return;
    }
    waitingForOwner.compute(owner.get(), (_, known) -> {
      Set<Semaphore> waiting = known == null ? ConcurrentHashMap.newKeySet() : known;
      waiting.add(news);
      return waiting;
    });
  }

  public void remove(Semaphore news, Optional<String> owner) {
    waitingForAny.remove(news);
    owner.ifPresent(key -> waitingForOwner.computeIfPresent(key, (_, waiting) -> {
      waiting.remove(news);
      return waiting.isEmpty() ? null : waiting;
    }));
  }

  private void read(Consumer<byte[], byte[]> opened) {
    try {
      awaitTopic(opened);
      if (!isStarted) {
        begin(opened);
      }
      opened.assign(partitions);
      partitions.forEach(each -> opened.seek(each, requireNonNull(offsets.get(each))));
      isStarted = true;
      while (!thread.isClosed()) {
        add(opened.poll(POLL));
      }
    } catch (InvalidOffsetException e) {
      log.warn("{} was made anew: {}", topic.topic(), e.toString());
      isStarted = false;
      thread.pause();
    }
  }

  /** Another service creates it; Kafka's client would log a warning for every look at a topic that is not there. */
  private void awaitTopic(Consumer<byte[], byte[]> opened) {
    int found = 0;
    while (!thread.isClosed() && found != partitions.size()) {
      found = opened.listTopics().getOrDefault(topic.topic(), List.of()).size();
      if (found != partitions.size()) {
        if (found > 0) {
          log.warn("{} has {} partitions instead of {}: it belongs to another deployment", topic.topic(), found,
              partitions.size());
        }
        thread.pause();
      }
    }
  }

  /** Reads the last records of each partition: where it ends, in numbers and in offsets. */
  private void begin(Consumer<byte[], byte[]> opened) {
    tails.forEach(PartitionTail::clear);
    order.clear();
    bytes = 0;
    opened.assign(partitions);
    Map<TopicPartition, Long> begins = opened.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = opened.endOffsets(partitions);
    offsets.clear();
    offsets.putAll(ends);
    Set<TopicPartition> unknown = new HashSet<>(partitions);
    long back = BACK;
    while (!unknown.isEmpty()) {
      opened.assign(unknown);
      for (TopicPartition each : unknown) {
        opened.seek(each, Math.max(offset(begins, each), offset(ends, each) - back));
      }
      while (unknown.stream().anyMatch(each -> opened.position(each) < offset(ends, each))) {
        add(opened.poll(POLL));
      }
      long looked = back;
      unknown.removeIf(each -> next(each.partition()) > 0
          || offset(ends, each) - looked <= offset(begins, each));
      back *= FURTHER;
    }
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return requireNonNull(offsets.get(partition));
  }

  private void add(ConsumerRecords<byte[], byte[]> records) {
    Set<String> owners = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Optional<PublicEvent> event = PublicEvent.of(record, topic);
      if (event.isEmpty()) {
        log.warn("not an event: {} partition {} offset {}", record.topic(), record.partition(), record.offset());
      } else if (add(event.get())) {
        owners.add(event.get().owner());
      }
    }
    for (TopicPartition each : records.partitions()) {
      offsets.merge(each, records.records(each).getLast().offset() + 1, Math::max);
    }
    owners.forEach(owner -> waitingForOwner.getOrDefault(owner, Set.of()).forEach(Semaphore::release));
    if (!owners.isEmpty()) {
      waitingForAny.forEach(Semaphore::release);
    }
  }

  private boolean add(PublicEvent event) {
    PartitionTail tail = tails.get(event.partition());
    chainId = event.chainId();
    if (!tail.add(event)) {
      return false;
    }
    order.add(tail);
    bytes += event.value().length();
    while (bytes > bytesMax) {
      bytes -= order.remove().evict();
    }
    return true;
  }

  @Override
  public void close() {
    thread.close();
  }
}
