package io.neuronledger.query.following;

import io.neuronledger.contracts.following.FollowingReport;
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
 * Reads {@code ledger.following.v1} on its own thread until closed. While Kafka is unavailable the reports expire;
 * malformed records are logged and ignored.
 */
public final class FollowingReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FollowingReader.class);
  /** The number of records read at the start: enough for the newest report of every instance in the last minutes. */
  private static final long RECORDS_AT_START = 1_000;
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

  private final FollowingReports reports;
  private final OnePartitionReader reader;

  /** @param consumers creates consumers without a group; this class closes them */
  public FollowingReader(Supplier<Consumer<byte[], byte[]>> consumers, FollowingReports reports) {
    this.reports = reports;
    this.reader = new OnePartitionReader("following-reader", Topics.FOLLOWING, consumers, RETRY_DELAY,
        (begin, end) -> Math.max(begin, end - RECORDS_AT_START), this::add);
  }

  /** Starts the thread. */
  public FollowingReader start() {
    reader.start();
    return this;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    try {
      FollowingReport report = TopicJson.MAPPER.readValue(record.value(), FollowingReport.class);
      if (report == null) {
        log.warn("malformed following report: {} at offset {}: null", Topics.FOLLOWING, record.offset());
      } else {
        reports.add(new String(record.key(), StandardCharsets.UTF_8), report);
      }
    } catch (JacksonException e) {
      log.warn("malformed following report: {} at offset {}: {}", Topics.FOLLOWING, record.offset(),
          e.getOriginalMessage());
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
