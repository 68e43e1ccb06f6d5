package io.neuronledger.command.wiring.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down when no broker has answered within {@code stallAfter}. A consumer that has read everything does not detect that:
 * without a broker it gets no records, as on a chain without transactions.
 */
public final class KafkaWatch implements HealthIndicator, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Admin admin;
  private final Duration stallAfter;
  private final Clock clock;
  private final Thread thread;
  private volatile Instant answeredAt;
  private volatile boolean closed;

  public KafkaWatch(Admin admin, Duration stallAfter, Clock clock) {
    this.admin = admin;
    this.stallAfter = stallAfter;
    this.clock = clock;
    this.answeredAt = clock.instant();
    this.thread = Thread.ofPlatform().name("kafka-watch").daemon().unstarted(this::run);
  }

  public KafkaWatch start() {
    thread.start();
    return this;
  }

  private void run() {
    while (!closed) {
      try {
        admin.describeCluster().nodes().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        answeredAt = clock.instant();
      } catch (ExecutionException | TimeoutException | KafkaException e) {
        log.warn("Kafka does not answer: {}", e.toString());
      } catch (InterruptedException e) {
        return;
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  @Override
  public Health health() {
    boolean unavailable = answeredAt.isBefore(clock.instant().minus(stallAfter));
    return (unavailable ? Health.down() : Health.up()).withDetail("answered_at", answeredAt).build();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    admin.close(Duration.ZERO);
  }
}
