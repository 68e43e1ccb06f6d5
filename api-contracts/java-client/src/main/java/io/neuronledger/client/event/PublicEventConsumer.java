package io.neuronledger.client.event;

import io.neuronledger.contracts.event.LedgerEvent.LedgerRewound;
import io.neuronledger.contracts.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the events of all owners from Kafka, each once and in the order of its partition, from the first one on. A new
 * start of the same group goes on after what the subscriber has taken. It needs {@code kafka-clients}.
 */
public final class PublicEventConsumer implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Consumer<String, String> consumer;
  private final Subscriber subscriber;
  /** By partition, the number of the next event. */
  private final Map<Integer, Long> next = new HashMap<>();
  /** The partitions of which nothing is read since the subscriber has said where they go on. */
  private final Set<Integer> stored = new HashSet<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /** What is made of the events. Whatever it throws ends the reading, and the event comes again. */
  public interface Subscriber {
    /** An event, which counts until a later one retracts it. */
    void happened(PublicEvent event);

    /**
     * A fork: the owner's earlier events for which {@link PublicEvent#isRetractedBy} holds never happened, and
     * {@link LedgerRewound#state} is all that the owner has. The events of the new branch follow.
     */
    void retracted(PublicEvent event, LedgerRewound rewound);

    /**
     * The number of the first event of a partition that is not taken yet, as it was stored in the same transaction as
     * what was made of the events before. Where the partition's next event shows that the group is beyond it, the
     * partition is read again from its beginning, and what is below is passed over. Empty where none is stored: then
     * the group's position decides, and after a crash some events may come twice.
     */
    default OptionalLong next(int partition) {
      return OptionalLong.empty();
    }
  }

  /**
   * @param client the properties of a Kafka client that may read the topic, as {@code client.properties} has them
   * @param group its name begins as the user's rights say: {@code subscriber}
   */
  public PublicEventConsumer(Map<String, Object> client, String group, Subscriber subscriber) {
    this(new KafkaConsumer<>(settings(client, group), new StringDeserializer(), new StringDeserializer()), subscriber);
  }

  PublicEventConsumer(Consumer<String, String> consumer, Subscriber subscriber) {
    this.consumer = consumer;
    this.subscriber = subscriber;
    consumer.subscribe(List.of(Topics.PUBLIC_EVENTS), new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(each -> {
          next.remove(each.partition());
          stored.remove(each.partition());
        });
      }

      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(each -> subscriber.next(each.partition())
            .ifPresent(first -> {
              next.put(each.partition(), first);
              stored.add(each.partition());
            }));
      }
    });
  }

  static Map<String, Object> settings(Map<String, Object> client, String group) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return settings;
  }

  /**
   * Reads until {@link #close}, which another thread calls.
   *
   * @throws IllegalStateException if events are missing: then what was made of the events is of another topic, or of a
   *     topic that was made again
   */
  public void run() {
    try (consumer) {
      while (!isClosed.get()) {
        read();
      }
    } catch (WakeupException e) {
      if (!isClosed.get()) {
        throw e;
      }
    }
  }

  /** What there is now. What the subscriber has taken of it is committed, also when it throws. */
  void read() {
    ConsumerRecords<String, String> records = consumer.poll(POLL);
    Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();
    try {
      for (TopicPartition partition : records.partitions()) {
        for (ConsumerRecord<String, String> each : records.records(partition)) {
          if (!take(each)) {
            consumer.seekToBeginning(List.of(partition));
            break;
          }
          taken.put(partition, new OffsetAndMetadata(each.offset() + 1, each.leaderEpoch(), ""));
        }
      }
    } catch (RuntimeException | Error e) {
      try {
        commit(() -> consumer.commitSync(taken));
      } catch (KafkaException notCommitted) {
        e.addSuppressed(notCommitted);
      }
      throw e;
    }
    commit(consumer::commitSync);
  }

  /** Commits also where {@link #close} has been called meanwhile: its wakeup, the only one, is for the poll. */
  private static void commit(Runnable offsets) {
    try {
      offsets.run();
    } catch (WakeupException e) {
      offsets.run();
    }
  }

  /** @return false where the partition has to be read from its beginning */
  private boolean take(ConsumerRecord<String, String> published) {
    PublicEvent event = PublicEvent.parse(published.value());
    long expected = next.getOrDefault(event.partition(), event.seq());
    boolean isStored = stored.remove(event.partition());
    if (event.seq() > expected && isStored) {
      return false;
    }
    if (event.seq() > expected) {
      throw new IllegalStateException("events are missing before " + event.id() + ": the next one is "
          + event.partition() + "-" + expected);
    }
    if (event.seq() < expected) {
      return true; // Taken before.
    }
    if (event.event().orElse(null) instanceof LedgerRewound rewound) {
      subscriber.retracted(event, rewound);
    } else {
      subscriber.happened(event);
    }
    next.put(event.partition(), event.seq() + 1);
    return true;
  }

  /** Ends {@link #run}, after the events that it has. */
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      consumer.wakeup();
    }
  }
}
