package io.neuronledger.indexer.publish;

import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the reports of one instance. A report that Kafka does not accept is lost: the next one follows soon. */
public final class ReportPublisher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReportPublisher.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final byte[] instance = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
  private volatile boolean failing;

  public ReportPublisher(KafkaClients kafka, Destination destination) {
    this.producer = kafka.writer();
    this.topic = destination.reports();
  }

  /** Does not wait for Kafka, except for the topic's metadata. */
  public void publish(FollowingReport report) {
    try {
      var _ = producer.send(new ProducerRecord<>(topic, instance, TopicJson.MAPPER.writeValueAsBytes(report)),
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

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
