package io.neuronledger.command.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.neuronledger.command.store.EventTable.StoredEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.topic.EventTopic;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import tools.jackson.databind.node.ObjectNode;

/**
 * Owners' events as {@link Topics#PUBLIC_EVENTS} has them: the stored event with its own number, as a CloudEvent in
 * Kafka's binary mode. Who has decided stays inside.
 */
final class PublicEvents {
  /** The events with the name of whoever decided. */
  private static final Set<String> DECISIONS = Set.of(EventNames.DISCREPANCY_RESOLVED,
      EventNames.DISCREPANCY_RESOLUTION_REVOKED,
      EventNames.DIFFERENCE_RESOLUTION_PROPOSED, EventNames.DIFFERENCE_RESOLVED,
      EventNames.DIFFERENCE_RESOLUTION_REVOKED, EventNames.USAGE_REVERSED);
  private static final String OPERATOR = "by";
  private static final int ENVELOPE_SIZE = 160;

  private PublicEvents() {}

  /**
   * The record of an event that has a public number. The same for the same event, for ever.
   *
   * @param key the owner's address
   */
  static ProducerRecord<byte[], byte[]> record(StoredEvent event, long chainId, byte[] key) {
    long seq = event.publicSeq().orElseThrow();
    ProducerRecord<byte[], byte[]> published =
        new ProducerRecord<>(Topics.PUBLIC_EVENTS, event.partition(), key, value(event, chainId, seq));
    Headers headers = published.headers();
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_id", event.partition() + "-" + seq);
    add(headers, "ce_source", EventTopic.PUBLIC_EVENTS.source(chainId));
    add(headers, "ce_type", event.name());
    headers.add("ce_subject", key);
    add(headers, "ce_time", event.recordedAt().toString());
    add(headers, "content-type", "application/json");
    return published;
  }

  private static byte[] value(StoredEvent event, long chainId, long seq) {
    byte[] payload = DECISIONS.contains(event.name()) ? withoutOperator(event.payload().bytes())
        : event.payload().bytes();
    ByteArrayOutputStream json = new ByteArrayOutputStream(payload.length + ENVELOPE_SIZE);
    json.writeBytes(("{\"chain_id\":" + chainId + ",\"partition\":" + event.partition() + ",\"seq\":" + seq
        + ",\"recorded_at\":\"" + event.recordedAt() + "\",\"event\":").getBytes(UTF_8));
    json.writeBytes(payload);
    json.write('}');
    return json.toByteArray();
  }

  private static byte[] withoutOperator(byte[] payload) {
    ObjectNode event = (ObjectNode) TopicJson.MAPPER.readTree(payload);
    event.remove(OPERATOR);
    return TopicJson.MAPPER.writeValueAsBytes(event);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
