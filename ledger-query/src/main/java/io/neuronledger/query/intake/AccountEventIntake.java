package io.neuronledger.query.intake;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.partition.Received;
import io.neuronledger.query.partition.change.Partition;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of {@link Topics#ACCOUNT_EVENTS}. Each poll is one transaction. Positions are stored only in the
 * database; after a failure, a rebalance or a long pause the loop reads them again.
 */
final class AccountEventIntake implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(AccountEventIntake.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration BACKOFF_MIN = Duration.ofMillis(100);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(10);

  private final String name;
  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Runnable topics;
  private final RecordReader reader;
  private final PoisonIsolatingWriter writer;
  private final PartitionStore partitions;
  private final DSLContext db;
  private final PartitionProgress progress;
  private final Consumer<CommittedBatch> listener;
  private final Clock clock;

  private final Map<Integer, Long> nextSeqs = new HashMap<>();
  private final Set<TopicPartition> unpositioned = new HashSet<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private Duration backoff = BACKOFF_MIN;

  AccountEventIntake(String name, org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      IntakeParts parts) {
    this.name = name;
    this.consumer = consumer;
    this.topics = parts.topics();
    this.reader = parts.reader();
    this.writer = parts.writer();
    this.partitions = parts.partitions();
    this.db = parts.db();
    this.progress = parts.progress();
    this.listener = parts.listener();
    this.clock = parts.clock();
  }

  @Override
  public void run() {
    try (consumer) {
      progress.polled(name, clock.instant());
      awaitTopics();
      consumer.subscribe(List.of(Topics.ACCOUNT_EVENTS), new Rebalance());
      while (closing.getCount() > 0) {
        step();
      }
    } catch (RuntimeException e) {
      log.error("{} failed", name, e);
    } finally {
      progress.ended(name);
    }
  }

  /** Ends the loop after the current transaction. */
  void close() {
    closing.countDown();
    consumer.wakeup();
  }

  /** Blocks until Kafka has the topics, or the loop is closed. */
  private void awaitTopics() {
    while (closing.getCount() > 0) {
      try {
        topics.run();
        backoff = BACKOFF_MIN;
        return;
      } catch (KafkaException e) {
        log.warn("{}: Kafka does not answer; retrying in {}: {}", name, backoff, e.toString());
        pause();
      }
    }
  }

  private void step() {
    try {
      seekToStored();
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      progress.polled(name, clock.instant());
      if (!records.isEmpty()) {
        write(records);
      }
      report();
      backoff = BACKOFF_MIN;
    } catch (WakeupException e) {
      log.debug("{} was woken up", name);
    } catch (PositionConflict e) {
      log.warn("{}: {}; reading the positions again", name, e.getMessage());
      unpositioned.addAll(consumer.assignment());
    } catch (DataAccessException | KafkaException e) {
      log.warn("{}: retrying in {}", name, backoff, e);
      unpositioned.addAll(consumer.assignment());
      pause();
    }
  }

  private void pause() {
    try {
      if (!closing.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
        backoff = backoff.multipliedBy(2).compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : backoff.multipliedBy(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /** Seeks partitions to their stored positions. */
  private void seekToStored() {
    unpositioned.retainAll(consumer.assignment());
    if (unpositioned.isEmpty()) {
      return;
    }
    Map<Integer, Partition> stored = new HashMap<>();
    db.transactionResult(transaction -> partitions.all(transaction.dsl()))
        .forEach(partition -> stored.put(partition.number(), partition));
    for (TopicPartition assigned : unpositioned) {
      Partition partition = stored.get(assigned.partition());
      if (partition == null) {
        throw new IllegalStateException(assigned + " is beyond the partitions of this deployment");
      }
      consumer.seek(assigned, partition.nextOffset());
      nextSeqs.put(partition.number(), partition.nextSeq());
      progress.at(partition.number(), partition.nextOffset(), 0, clock.instant());
      progress.stopped(partition.number(), partition.stopped());
    }
    unpositioned.clear();
  }

  private void write(ConsumerRecords<byte[], byte[]> records) {
    SortedMap<Integer, List<Received>> received = new TreeMap<>();
    for (TopicPartition partition : records.partitions()) {
      List<Received> read = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        read.add(reader.read(partition.partition(), record.offset(), record.key(), record.value()));
      }
      received.put(partition.partition(), read);
    }
    for (CommittedBatch batch : writer.write(received, nextSeqs)) {
      batch.partitions().forEach(this::committed);
      listener.accept(batch);
    }
  }

  private void committed(Partition partition) {
    nextSeqs.put(partition.number(), partition.nextSeq());
    progress.stopped(partition.number(), partition.stopped());
    partition.stopped().ifPresent(reason -> {
      log.error("HALTED, an operator must act: partition {} at seq {}: {}", partition.number(), partition.nextSeq(),
          reason);
      consumer.pause(List.of(new TopicPartition(Topics.ACCOUNT_EVENTS, partition.number())));
    });
  }

  private void report() {
    for (TopicPartition partition : consumer.assignment()) {
      if (!unpositioned.contains(partition)) {
        progress.at(partition.partition(), consumer.position(partition),
            consumer.currentLag(partition).orElse(0), clock.instant());
      }
    }
  }

  /** Positions new partitions before anything is fetched for them; offsets committed to Kafka are not used. */
  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      log.info("{}: assigned partitions {}", name, partitions.stream().map(TopicPartition::partition).sorted()
          .toList());
      unpositioned.addAll(partitions);
      seekToStored();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      log.info("{}: revoked partitions {}", name, partitions.stream().map(TopicPartition::partition).sorted().toList());
      partitions.forEach(partition -> {
        nextSeqs.remove(partition.partition());
        unpositioned.remove(partition);
        progress.revoked(partition.partition());
      });
    }
  }
}
