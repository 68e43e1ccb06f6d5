package io.neuronledger.cli.check;

import io.neuronledger.cli.answer.PublishedEvents;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ended reconciliations, read like a subscriber of the account events. */
public final class EndedRuns {
  private EndedRuns() {}

  /**
   * The end events of each run, one per partition.
   *
   * @param client the properties of a Kafka client that may read the topic
   */
  public static Map<String, List<JsonNode>> of(Map<String, Object> client) {
    Map<String, List<JsonNode>> runs = new TreeMap<>();
    PublishedEvents.read(client, Topics.ACCOUNT_EVENTS, found -> {
      JsonNode event = JsonMapper.shared().readTree(found.value()).get("event");
      if (event.get("type").asString().equals(EventNames.RECONCILIATION_ENDED)) {
        runs.computeIfAbsent(event.get("run").asString(), _ -> new ArrayList<>()).add(event);
      }
    });
    return runs;
  }
}
