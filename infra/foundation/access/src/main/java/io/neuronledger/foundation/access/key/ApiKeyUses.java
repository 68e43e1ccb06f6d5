package io.neuronledger.foundation.access.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports which API keys this instance accepts, each at most once a minute, on a thread of its own. No request waits
 * for it: a report that cannot be sent is lost, and the next use after a minute is reported again.
 */
public final class ApiKeyUses implements AutoCloseable {
  /** Between two reports of a key. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);
  /** Keys of which it is remembered when they were reported; of more, some are reported more often. */
  static final int KEYS_MAX = 10_000;
  /** Reports that wait; more are lost. */
  static final int WAITING_MAX = 1_000;

  private static final Logger log = LoggerFactory.getLogger(ApiKeyUses.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final String service;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final BooleanSupplier topicReady;
  private final InstantSource clock;
  private final Cache<String, Instant> reported = Caffeine.newBuilder().maximumSize(KEYS_MAX).build();
  private final BlockingQueue<ApiKeyUse> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Thread thread = Thread.ofPlatform().name("api-key-uses").daemon().unstarted(this::run);
  private volatile boolean closed;
  private boolean ready;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * @param service the name of this one
   * @param producers creates producers outside of transactions; this class closes them
   * @param topicReady whether the topic exists; called again until it does
   */
  public ApiKeyUses(String service, Supplier<Producer<byte[], byte[]>> producers, BooleanSupplier topicReady,
      InstantSource clock) {
    this.service = service;
    this.producers = producers;
    this.topicReady = topicReady;
    this.clock = clock;
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** A key with this id was accepted. Returns at once. */
  public void used(String id) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant due = now.minus(INTERVAL);
    Instant before = reported.getIfPresent(id);
    if (before != null && before.isAfter(due) && !before.isAfter(now)) {
      return;
    }
    reported.put(id, now);
    if (!waiting.offer(new ApiKeyUse(id, service, now))) {
      log.debug("the use of an API key is not reported: too many wait");
    }
  }

  private void run() {
    while (!closed) {
      try {
        ApiKeyUse next = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        ready = ready || (next != null && topicReady.getAsBoolean());
        if (next != null && ready) {
          send(next);
        }
      } catch (KafkaException e) {
        log.info("the use of an API key is not reported: {}", e.toString());
      } catch (InterruptedException e) {
        closed = true;
      }
    }
    Producer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(CLOSE_TIMEOUT);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a lost report harms nothing
  private void send(ApiKeyUse use) {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = producers.get();
      producer = open;
    }
    open.send(new ProducerRecord<>(Topics.API_KEY_USES, 0, use.key().getBytes(StandardCharsets.UTF_8),
        TopicJson.MAPPER.writeValueAsBytes(use)));
  }

  /** What waits is lost. */
  @Override
  public void close() {
    closed = true;
    try {
      if (thread.isAlive() && !thread.join(CLOSE_TIMEOUT)) {
        thread.interrupt();
        thread.join(CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
