package io.neuronledger.command.admin.key;

import io.neuronledger.command.publish.PublisherLeases;
import io.neuronledger.command.store.key.KeyStore;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the API keys while this instance has the lease for it: looks for changes every second, and at once after
 * one that was made here. Two instances never publish at once, because Kafka fences by the transactional id; the lease
 * only keeps them from taking turns.
 */
public final class ApiKeyPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiKeyPublisher.class);
  private static final String TRANSACTIONAL_ID = "ledger-command.api-keys";
  private static final int RENEWALS_PER_LEASE = 5;

  private final KeyStore store;
  private final PublisherLeases leases;
  private final Function<String, Producer<byte[], byte[]>> producers;
  private final Clock clock;
  private final Duration poll;
  private final Semaphore wakes = new Semaphore(0);
  private volatile boolean closed;
  private @Nullable Thread thread;
  private @Nullable KeyPublication publication;

  /**
   * @param leases of this process, not shared with other publishers
   * @param leaseTime how long a lease lasts without a renewal
   * @param producers creates a transactional producer with that transactional id
   */
  public ApiKeyPublisher(KeyStore store, PublisherLeases leases, Duration leaseTime,
      Function<String, Producer<byte[], byte[]>> producers, Clock clock) {
    this.store = store;
    this.leases = leases;
    this.producers = producers;
    this.clock = clock;
    Duration renewal = leaseTime.dividedBy(RENEWALS_PER_LEASE);
    this.poll = renewal.compareTo(ApiKeyDirectory.CHANGE_INTERVAL) < 0 ? renewal : ApiKeyDirectory.CHANGE_INTERVAL;
  }

  /** @param topicsReady whether the topic exists; called again until it does */
  public void start(BooleanSupplier topicsReady) {
    thread = Thread.ofPlatform().name("publish-api-keys").start(() -> run(topicsReady));
  }

  private void run(BooleanSupplier topicsReady) {
    boolean ready = false;
    while (!closed) {
      try {
        ready = ready || topicsReady.getAsBoolean();
        if (ready) {
          step();
        }
      } catch (RuntimeException e) {
        // Also after a commit with an unknown outcome: the next turn begins with the state of every key.
        log.warn("Publishing the API keys failed, trying again: {}", e.toString());
        endTurn();
      }
      pause();
    }
    endTurn();
    try {
      leases.release(PublisherLeases.API_KEYS);
    } catch (RuntimeException e) {
      log.info("Cannot release the lease; it will expire: {}", e.toString());
    }
  }

  private void step() {
    if (!leases.take(PublisherLeases.API_KEYS)) {
      endTurn();
      return;
    }
    KeyPublication turn = publication;
    if (turn == null) {
      turn = newTurn();
      publication = turn;
      log.info("Publishing the API keys");
    }
    turn.step();
  }

  private KeyPublication newTurn() {
    Producer<byte[], byte[]> producer = producers.apply(TRANSACTIONAL_ID);
    try {
      return new KeyPublication(producer, store, clock);
    } catch (RuntimeException e) {
      producer.close();
      throw e;
    }
  }

  private void endTurn() {
    KeyPublication turn = publication;
    publication = null;
    if (turn != null) {
      turn.close();
    }
  }

  private void pause() {
    try {
      if (wakes.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** Looks for changes at once. */
  public void wake() {
    wakes.release();
  }

  @Override
  public void close() {
    closed = true;
    wake();
    Thread running = thread;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
