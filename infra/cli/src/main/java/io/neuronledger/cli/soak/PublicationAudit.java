package io.neuronledger.cli.soak;

import io.neuronledger.cli.answer.PublishedEvents;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads all of {@code ledger.account-events.v1} and of {@code ledger.public-events.v1} like a subscriber, and finds
 * gaps and duplicates in partitions and streams, owners' events that are not public, and discrepancies on any branch.
 */
public final class PublicationAudit {
  private final Map<Integer, Long> nextSeq = new HashMap<>();
  private final Map<String, Long> nextSequence = new HashMap<>();
  /** By partition: the owners' events, and those that are public. */
  private final Map<Integer, Long> owned = new HashMap<>();
  private final Map<Integer, Long> nextPublicSeq = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> discrepancies = new ArrayList<>();

  private PublicationAudit() {}

  /**
   * The result of an audit.
   *
   * @param faults each gap, duplicate and misplaced record, with its partition and offset
   * @param discrepancies the discrepancy records, as stored in the topic
   */
  public record Result(long events, List<String> faults, List<String> discrepancies) {
    public Result {
      faults = List.copyOf(faults);
      discrepancies = List.copyOf(discrepancies);
    }
  }

  /**
   * Reads all records that are committed now.
   *
   * @param client the properties of a Kafka client that may read the topic
   */
  public static Result of(Map<String, Object> client) {
    PublicationAudit audit = new PublicationAudit();
    PublishedEvents.read(client, Topics.ACCOUNT_EVENTS, audit::add);
    PublishedEvents.read(client, Topics.PUBLIC_EVENTS, audit::addPublic);
    audit.requirePublic();
    return new Result(audit.nextSeq.values().stream().mapToLong(Long::longValue).sum(), audit.faults,
        audit.discrepancies);
  }

  private void add(ConsumerRecord<String, String> found) {
    JsonNode event = JsonMapper.shared().readTree(found.value());
    String where = "partition " + found.partition() + " offset " + found.offset();
    expect("partition", where, found.partition(), event.get("partition").asInt());
    expect("seq", where, nextSeq.getOrDefault(found.partition(), 0L), event.get("seq").asLong());
    nextSeq.merge(found.partition(), 1L, Long::sum);
    if (found.key() != null) {
      owned.merge(found.partition(), 1L, Long::sum);
    }
    String stream = event.get("stream").asString();
    expect("sequence in " + stream, where, nextSequence.getOrDefault(stream, 0L), event.get("sequence").asLong());
    nextSequence.merge(stream, 1L, Long::sum);
    if (event.at("/event/type").asString().equals(EventNames.DISCREPANCY_FOUND)) {
      discrepancies.add(found.value());
    }
  }

  private void addPublic(ConsumerRecord<String, String> found) {
    expect("public seq", "partition " + found.partition() + " offset " + found.offset(),
        nextPublicSeq.getOrDefault(found.partition(), 0L),
        JsonMapper.shared().readTree(found.value()).get("seq").asLong());
    nextPublicSeq.merge(found.partition(), 1L, Long::sum);
  }

  /** Both topics are written in one transaction: read later, the public one has at least as many. */
  private void requirePublic() {
    owned.forEach((partition, count) -> {
      long published = nextPublicSeq.getOrDefault(partition, 0L);
      if (published < count) {
        faults.add("partition %d: %d owners' events, but %d are public".formatted(partition, count, published));
      }
    });
  }

  private void expect(String field, String where, long expected, long found) {
    if (expected != found) {
      faults.add("%s: %s is %d, expected %d".formatted(where, field, found, expected));
    }
  }
}
