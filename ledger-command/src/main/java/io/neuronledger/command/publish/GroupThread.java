package io.neuronledger.command.publish;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one group of partitions until it is stopped, or fenced: then another instance has taken over the group.
 */
final class GroupThread {
  private static final Logger log = LoggerFactory.getLogger(GroupThread.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final PartitionGroup group;
  private final Supplier<PartitionGroupPublisher> publishers;
  private final CommittedEvents committed;
  private final PublishProgress progress;
  private final PublishSettings settings;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean fenced;

  GroupThread(PartitionGroup group, Supplier<PartitionGroupPublisher> publishers, CommittedEvents committed,
      PublishProgress progress,
      PublishSettings settings) {
    this.group = group;
    this.publishers = publishers;
    this.committed = committed;
    this.progress = progress;
    this.settings = settings;
    this.thread = Thread.ofPlatform().name("publish-" + group.number()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  boolean isFenced() {
    return fenced;
  }

  private void run() {
    while (!stopping && !fenced) {
      try (PartitionGroupPublisher publisher = publishers.get()) {
        log.info("Publishing partitions {}", group.partitions());
        progress.clearFailure(group);
        publish(publisher);
      } catch (ProducerFencedException | InvalidProducerEpochException e) {
        log.warn("Another instance publishes partitions {}; not publishing them", group.partitions());
        fenced = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopping = true;
      } catch (RuntimeException e) {
        // Includes a commit with an unknown outcome: the next publisher reads the published position from Kafka.
        log.warn("Publishing partitions {} failed, restarting: {}", group.partitions(), e.toString(), e);
        progress.setFailure(group, e.toString());
        pause();
      }
    }
    progress.remove(group);
  }

  private void publish(PartitionGroupPublisher publisher) throws InterruptedException {
    while (!stopping) {
      long seen = committed.count();
      if (!publisher.step()) {
        committed.await(seen, settings.poll());
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(settings.retryAfter());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  /** Stops after the current transaction. */
  void stop() {
    stopping = true;
    committed.wake();
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        log.warn("{} does not stop", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
