package io.neuronledger.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads all of {@code ledger.account-events.v1} as a subscriber does: no gap and no duplicate, in lanes and in streams. */
final class AccountEventsAudit {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<Integer, Long> nextSeq = new HashMap<>();
  private final Map<String, Long> nextSequence = new HashMap<>();

  private AccountEventsAudit() {}

  /** @return how many events it read */
  static long of(String bootstrapServers) {
    AccountEventsAudit audit = new AccountEventsAudit();
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> lanes = consumer.partitionsFor(Topics.ACCOUNT_EVENTS).stream()
          .map(found -> new TopicPartition(found.topic(), found.partition())).toList();
      consumer.assign(lanes);
      consumer.seekToBeginning(lanes);
      Map<TopicPartition, Long> ends = consumer.endOffsets(lanes);
      while (lanes.stream().anyMatch(lane -> consumer.position(lane) < requireNonNull(ends.get(lane)))) {
        consumer.poll(POLL).forEach(audit::take);
      }
    }
    return audit.nextSeq.values().stream().mapToLong(Long::longValue).sum();
  }

  private void take(ConsumerRecord<String, String> found) {
    JsonNode event = JsonMapper.shared().readTree(found.value());
    String where = found.partition() + "@" + found.offset();
    assertThat(event.get("lane").asInt()).as(where).isEqualTo(found.partition());
    assertThat(event.get("seq").asLong()).as("seq of %s", where)
        .isEqualTo(nextSeq.getOrDefault(found.partition(), 0L));
    nextSeq.merge(found.partition(), 1L, Long::sum);
    String stream = event.get("stream").asString();
    assertThat(event.get("sequence").asLong()).as("sequence in %s at %s", stream, where)
        .isEqualTo(nextSequence.getOrDefault(stream, 0L));
    nextSequence.merge(stream, 1L, Long::sum);
  }
}
