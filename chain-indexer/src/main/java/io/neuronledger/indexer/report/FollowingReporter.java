package io.neuronledger.indexer.report;

import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.indexer.follow.Progress;
import io.neuronledger.indexer.follow.WakeUp;
import io.neuronledger.indexer.publish.KafkaAccess;
import io.neuronledger.indexer.publish.LedgerJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the progress to the topic of reports, when it changes and every ten seconds, on a thread of its own: also
 * after following has halted. While Kafka is away nothing is reported, and readers take that for unknown.
 */
public final class FollowingReporter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FollowingReporter.class);
  /** Nothing wakes this thread where following hangs: then the time that has passed is what there is to report. */
  private static final Duration LOOKS_AT_LEAST_EVERY = Duration.ofSeconds(1);
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(3);

  private final Progress progress;
  private final ReportWriter writer;
  private final String topic;
  private final InstantSource clock;
  private final Producer<byte[], byte[]> producer;
  private final byte[] instance = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
  private final WakeUp changes = new WakeUp();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean failing;

  /** @param stallMax following has stalled once no step has worked for longer than this */
  public FollowingReporter(Progress progress, KafkaAccess kafka, String topic, Duration stallMax, InstantSource clock) {
    this.progress = progress;
    this.writer = new ReportWriter(stallMax);
    this.topic = topic;
    this.clock = clock;
    this.producer = kafka.reporter();
    this.thread = Thread.ofPlatform().name("following-reporter").daemon().unstarted(this::run);
    progress.onChange(changes::signal);
  }

  /** Begins to report. */
  public FollowingReporter start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!closed) {
        writer.due(progress.view(), progress.guard(), clock.instant()).ifPresent(this::send);
        changes.await(LOOKS_AT_LEAST_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(FollowingReport report) {
    try {
      var _ = producer.send(new ProducerRecord<>(topic, instance, LedgerJson.MAPPER.writeValueAsBytes(report)),
          (_, failure) -> sent(Optional.ofNullable(failure)));
    } catch (KafkaException e) {
      sent(Optional.of(e));
    }
  }

  private void sent(Optional<Exception> failure) {
    if (failure.isPresent() && !failing) {
      log.warn("cannot report to {}: {}", topic, failure.get().toString());
    }
    failing = failure.isPresent();
  }

  /** Reports that this instance has stopped, where it followed, and ends. To be called once following has ended. */
  @Override
  public void close() {
    closed = true;
    changes.signal();
    try {
      if (thread.isAlive()) {
        thread.join(CLOSES_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.last(clock.instant()).ifPresent(this::send);
    producer.close(CLOSES_WITHIN);
  }
}
