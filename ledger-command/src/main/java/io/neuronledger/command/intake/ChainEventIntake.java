package io.neuronledger.command.intake;

import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.RecordParser;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.axonframework.common.caching.Cache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the chain's events, exactly once and in the order of each partition. Any number of instances and workers
 * share the partitions by consumer group. The compare-and-set on a partition's position ensures one writer, even when
 * the group assigns the partition twice.
 */
public final class ChainEventIntake implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChainEventIntake.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final IntakeSettings settings;
  private final PartitionTransactions transactions;
  private final RecordParser<ChainRecord> parser;
  private final IntakeProgress progress;
  private final Cache aggregates;
  private final Clock clock;
  private final List<Running> workers = new ArrayList<>();
  private volatile boolean closing;

  /** @param consumer woken up to stop the thread */
  private record Running(Thread thread, WakeableConsumer consumer) {}

  public ChainEventIntake(Supplier<Consumer<byte[], byte[]>> consumers, IntakeSettings settings,
      PartitionTransactions transactions,
      RecordParser<ChainRecord> parser, IntakeProgress progress, Cache aggregates, Clock clock) {
    this.consumers = consumers;
    this.settings = settings;
    this.transactions = transactions;
    this.parser = parser;
    this.progress = progress;
    this.aggregates = aggregates;
    this.clock = clock;
  }

  /** @param topicsReady whether the topics exist; called again until they do */
  public void start(int workerCount, BooleanSupplier topicsReady) {
    for (int i = 0; i < workerCount; i++) {
      WakeableConsumer current = new WakeableConsumer();
      Thread thread = Thread.ofPlatform().name("intake-" + i).start(() -> run(current, topicsReady));
      workers.add(new Running(thread, current));
    }
  }

  private void run(WakeableConsumer current, BooleanSupplier topicsReady) {
    while (!closing) {
      try {
        if (topicsReady.getAsBoolean()) {
          consume(current);
        } else {
          pause();
        }
      } catch (WakeupException e) {
        log.debug("Woken up to stop");
      } catch (RuntimeException e) {
        log.error("The intake's consumer failed; starting a new one", e);
        pause();
      }
    }
  }

  private void consume(WakeableConsumer current) {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      current.set(consumer);
      IntakeWorker worker = new IntakeWorker(consumer, settings, transactions, parser, progress, aggregates, clock);
      consumer.subscribe(List.of(Topics.CHAIN_EVENTS), worker);
      while (!closing) {
        worker.step();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(settings.retryAfter());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    }
  }

  /** Stops after the current unit of work. */
  @Override
  public void close() {
    closing = true;
    workers.forEach(worker -> worker.consumer().wake());
    for (Running worker : workers) {
      try {
        if (!worker.thread().join(STOP_TIMEOUT)) {
          log.warn("{} does not stop", worker.thread().getName());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
