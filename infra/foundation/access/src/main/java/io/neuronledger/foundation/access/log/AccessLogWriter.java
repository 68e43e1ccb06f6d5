package io.neuronledger.foundation.access.log;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log in Kafka, written by one thread of the process, one acknowledged record after the other. After a
 * failure the thread begins another chain. Entries that a request waits for come before those that were added.
 */
public final class AccessLogWriter implements AccessLog, AutoCloseable {
  /** A request whose record is not stored within this time is refused. */
  public static final Duration STORED_WITHIN = Duration.ofSeconds(3);
  /** Entries of either kind that wait for the thread; more are refused, or lost. */
  static final int WAITING_MAX = 1_000;

  private static final Logger log = LoggerFactory.getLogger(AccessLogWriter.class);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final AccessLogPartition partition;
  private final KafkaClients kafka;
  private final BooleanSupplier topicReady;
  private final InstantSource clock;
  private final BlockingQueue<Pending> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final BlockingQueue<AccessEntry> added = new LinkedBlockingQueue<>(WAITING_MAX);
  /** A permit for each entry of both queues, and one more to wake the thread. */
  private final Semaphore work = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("access-log").daemon().unstarted(this::run);
  private volatile boolean closed;
  /** Whether nobody takes entries out of the queues any more. */
  private volatile boolean ended;
  private volatile @Nullable Instant awaySince;
  private @Nullable AccessChain chain;

  /** @param stored completed once the entry is; cancelled when nobody waits for it any more, or it is not stored */
  private record Pending(AccessEntry entry, CompletableFuture<Boolean> stored) {}

  /**
   * @param kafka the deadline of its clients is not used
   * @param topicReady whether the topic exists; called again until it does
   */
  public AccessLogWriter(AccessLogPartition partition, KafkaClients kafka, BooleanSupplier topicReady,
      InstantSource clock) {
    this.partition = partition;
    this.kafka = new KafkaClients(kafka.properties(), STORED_WITHIN, kafka.sessionTimeout(), kafka.compression());
    this.topicReady = topicReady;
    this.clock = clock;
    this.awaySince = clock.instant();
  }

  /** Starts the thread, which begins a chain. */
  public void start() {
    thread.start();
  }

  @Override
  public void store(AccessEntry entry) {
    Pending pending = new Pending(entry, new CompletableFuture<>());
    if (closed || !waiting.offer(pending)) {
      throw unavailable();
    }
    work.release();
    try {
      pending.stored().get(STORED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | CancellationException e) {
      throw unavailable();
    } catch (TimeoutException e) {
      forget(pending);
      throw unavailable();
    } catch (InterruptedException e) {
      forget(pending);
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private void forget(Pending pending) {
    pending.stored().cancel(false);
    if (!waiting.remove(pending)) {
      log.info("an access that was refused may be in the access log: it was being recorded");
    } else if (!work.tryAcquire()) {
      log.debug("the thread has come for the entry meanwhile, and finds none");
    }
  }

  private static Refusal unavailable() {
    return new Refusal(ProblemCode.ACCESS_LOG_UNAVAILABLE,
        "it could not be recorded who asks, so nothing was done: send the request again");
  }

  @Override
  public void add(AccessEntry entry) {
    if (closed || !added.offer(entry)) {
      lost(entry);
      return;
    }
    work.release();
    if (ended && added.remove(entry)) {
      lost(entry);
    }
  }

  /** Of one whose append has failed it is not known. */
  private static void lost(AccessEntry entry) {
    log.warn("not in the access log: {}", entry);
  }

  @Override
  public Optional<Instant> awaySince() {
    return Optional.ofNullable(awaySince);
  }

  private void run() {
    while (!closed || (chain != null && !(waiting.isEmpty() && added.isEmpty()))) {
      try {
        step();
      } catch (InterruptedException e) {
        closed = true;
        break;
      } catch (KafkaException e) {
        log.warn("cannot write the access log, so what it records is refused: {}", e.toString());
        end();
        pause();
      } catch (RuntimeException e) {
        // A fault of this service; without the thread, everything that is recorded would be refused for ever.
        log.error("cannot write the access log, so what it records is refused", e);
        end();
        pause();
      }
    }
    end();
  }

  private void step() throws InterruptedException {
    AccessChain current = chain;
    if (current == null) {
      if (!topicReady.getAsBoolean()) {
        pause();
        return;
      }
      current = AccessChain.begin(partition, kafka, clock);
      chain = current;
      awaySince = null;
    }
    if (!work.tryAcquire(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    Pending next = waiting.poll();
    if (next != null) {
      append(current, next);
    } else {
      append(current, added.poll());
    }
  }

  private static void append(AccessChain current, Pending next) {
    if (next.stored().isDone()) {
      return;
    }
    try {
      current.append(next.entry());
      next.stored().complete(true);
    } finally {
      // Without effect once it is complete.
      next.stored().cancel(false);
    }
  }

  private static void append(AccessChain current, @Nullable AccessEntry next) {
    if (next == null) {
      return;
    }
    boolean isStored = false;
    try {
      current.append(next);
      isStored = true;
    } finally {
      if (!isStored) {
        lost(next);
      }
    }
  }

  private void end() {
    AccessChain current = chain;
    chain = null;
    if (current != null) {
      awaySince = clock.instant();
      current.close();
    }
  }

  private void pause() {
    try {
      if (!closed) {
        TimeUnit.MILLISECONDS.sleep(RETRY_DELAY.toMillis());
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Stores what waits, unless Kafka is away. */
  @Override
  public void close() {
    closed = true;
    work.release();
    try {
      if (thread.isAlive() && !thread.join(CLOSE_TIMEOUT)) {
        thread.interrupt();
        thread.join(CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended = true;
    for (Pending each = waiting.poll(); each != null; each = waiting.poll()) {
      each.stored().cancel(false);
    }
    for (AccessEntry each = added.poll(); each != null; each = added.poll()) {
      lost(each);
    }
  }
}
