package io.neuronledger.command.admin.key;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.access.key.ApiKey;
import io.neuronledger.foundation.access.key.ApiKeyUse;
import io.neuronledger.foundation.partitionlog.OnePartitionReader;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** When each API key was last used, as all services have reported it. Without Kafka it is as of before. */
public final class ApiKeyUseReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiKeyUseReader.class);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
  /** More than there are keys, as a rule; the use of others is not shown. */
  private static final int KEYS_MAX = 100_000;

  private final Map<String, ApiKeyUse> newest = new ConcurrentHashMap<>();
  private final OnePartitionReader reader;

  /** @param consumers creates consumers without a group; this class closes them */
  public ApiKeyUseReader(Supplier<Consumer<byte[], byte[]>> consumers) {
    this.reader = new OnePartitionReader("api-key-use-reader", Topics.API_KEY_USES, consumers, RETRY_DELAY,
        (begin, _) -> begin, this::add);
  }

  /** Starts the thread. */
  public void start() {
    reader.start();
  }

  /** Empty: not used, or not reported. */
  Optional<ApiKeyUse> last(String id) {
    return Optional.ofNullable(newest.get(id));
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      ApiKeyUse use = record.value() == null ? null : TopicJson.MAPPER.readValue(record.value(), ApiKeyUse.class);
      if (use != null && ApiKey.isId(use.id()) && (newest.size() < KEYS_MAX || newest.containsKey(use.id()))) {
        newest.merge(use.id(), use, (known, next) -> next.at().isBefore(known.at()) ? known : next);
      }
    } catch (JacksonException e) {
      log.warn("the record of {} at offset {} cannot be read", Topics.API_KEY_USES, record.offset());
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
