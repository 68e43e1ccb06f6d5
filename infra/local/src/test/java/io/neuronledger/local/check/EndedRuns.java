package io.neuronledger.local.check;

import static java.util.Objects.requireNonNull;

import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reconciliations that have ended, as a subscriber of the account events reads them. */
public final class EndedRuns {
  private static final Duration POLL = Duration.ofMillis(100);

  private EndedRuns() {}

  /** Of each run, what it said in each of the lanes. */
  public static Map<String, List<JsonNode>> of(String bootstrapServers) {
    Map<String, List<JsonNode>> runs = new TreeMap<>();
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> lanes = consumer.partitionsFor(Topics.ACCOUNT_EVENTS).stream()
          .map(found -> new TopicPartition(found.topic(), found.partition())).toList();
      consumer.assign(lanes);
      consumer.seekToBeginning(lanes);
      Map<TopicPartition, Long> ends = consumer.endOffsets(lanes);
      while (lanes.stream().anyMatch(lane -> consumer.position(lane) < requireNonNull(ends.get(lane)))) {
        for (ConsumerRecord<String, String> found : consumer.poll(POLL)) {
          JsonNode event = JsonMapper.shared().readTree(found.value()).get("event");
          if (event.get("type").asString().equals(EventNames.RECONCILIATION_ENDED)) {
            runs.computeIfAbsent(event.get("run").asString(), _ -> new ArrayList<>()).add(event);
          }
        }
      }
    }
    return runs;
  }
}
