package io.neuronledger.command.admin.key;

import io.neuronledger.command.key.ApiKeyEvent;
import io.neuronledger.command.key.ApiKeyState;
import io.neuronledger.command.store.key.KeyStore;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.ApiKeyRecord;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One turn as the publisher of the API keys, with one transactional producer. It begins with the state of every key, so
 * that nothing has to be known of the turns before: the newest record of a key is always its newest state. Used by one
 * thread, and discarded at any failure.
 */
final class KeyPublication implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final KeyStore store;
  private final Clock clock;
  private final KeyStore.Keys keys = new KeyStore.Keys();
  private long next;
  private Instant signedAt = Instant.EPOCH;

  /** Fences the publisher before: what it has sent is committed or aborted from here on. */
  KeyPublication(Producer<byte[], byte[]> producer, KeyStore store, Clock clock) {
    this.producer = producer;
    this.store = store;
    this.clock = clock;
    producer.initTransactions();
  }

  /**
   * Publishes the keys that have changed, and a sign of life with them or when it is due. The time is taken before the
   * store is read: whatever was committed before it is published with or before the sign.
   */
  void step() {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<ApiKeyEvent> events = store.from(next);
    boolean isDue = at.isBefore(signedAt) || !at.isBefore(signedAt.plus(ApiKeyDirectory.SIGN_INTERVAL));
    if (events.isEmpty() && !isDue) {
      return;
    }
    Map<String, ApiKeyState> changed = new LinkedHashMap<>();
    events.forEach(event -> changed.put(event.id(), keys.add(event)));
    producer.beginTransaction();
    changed.values().forEach(each -> send(each.published()));
    send(new ApiKeyRecord.SignOfLife(at));
    producer.commitTransaction();
    next += events.size();
    signedAt = at;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction fails if a send failed
  private void send(ApiKeyRecord record) {
    producer.send(new ProducerRecord<>(Topics.API_KEYS, 0, record.key().getBytes(StandardCharsets.UTF_8),
        TopicJson.MAPPER.writeValueAsBytes(record)));
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
