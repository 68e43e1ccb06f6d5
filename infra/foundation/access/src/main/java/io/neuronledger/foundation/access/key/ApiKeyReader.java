package io.neuronledger.foundation.access.key;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.OnePartitionReader;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads {@code ledger.api-keys.v1} from its beginning on its own thread until closed; after a failure of Kafka again
 * from the beginning. No request is accepted with a key whose record cannot be read: it may be a revocation.
 */
public final class ApiKeyReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiKeyReader.class);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  private final ApiKeyDirectory directory;
  private final OnePartitionReader reader;

  /** @param consumers creates consumers of committed records without a group; this class closes them */
  public ApiKeyReader(Supplier<Consumer<byte[], byte[]>> consumers, ApiKeyDirectory directory) {
    this.directory = directory;
    this.reader = new OnePartitionReader("api-key-reader", Topics.API_KEYS, consumers, RETRY_DELAY,
        (begin, _) -> begin, this::add);
  }

  /** Starts the thread. */
  public void start() {
    reader.start();
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    try {
      if (record.value() == null) {
        throw new IllegalArgumentException("the record has no value");
      }
      ApiKeyRecord read = TopicJson.MAPPER.readValue(record.value(), ApiKeyRecord.class);
      if (read == null || !read.key().equals(key)) {
        throw new IllegalArgumentException("the record has the key of another one");
      }
      directory.accept(read);
    } catch (JacksonException | IllegalArgumentException e) {
      log.error("the record of {} at offset {} cannot be read, so its API key is refused", Topics.API_KEYS,
          record.offset());
      directory.forget(key);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
