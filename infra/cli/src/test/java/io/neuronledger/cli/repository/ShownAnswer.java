package io.neuronledger.cli.repository;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * An answer, free of what differs from run to run. A document breaks the lines of JSON where a reader wants it; all
 * else is compared: every property, in its order, and every value but those of the rules.
 */
public final class ShownAnswer {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** What differs from run to run: by the property, and only as far as the value has the right form. */
  private record Rule(String name, Pattern form, Set<String> properties) {
    static Rule of(String name, String form, String... properties) {
      return new Rule(name, Pattern.compile(form), Set.of(properties));
    }

    boolean covers(String property, JsonNode value) {
      return properties.contains(property) && value.isValueNode() && form.matcher(value.asString()).matches();
    }

    /** A list of such values, whose number is compared. */
    boolean coversAll(String property, JsonNode values) {
      return values.isArray() && !values.isEmpty() && values.valueStream().allMatch(each -> covers(property, each));
    }
  }

  private static final List<Rule> RULES = List.of(
      // Of blocks and transactions: they hold the time.
      Rule.of("hash", "0x[0-9a-f]{64}", "block_hash", "transaction_hash"),
      Rule.of("sha256", "(sha256:)?[0-9a-f]{64}", "hash", "report", "frozen", "checksum"),
      // The chain's clock and ours.
      Rule.of("time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "block_time", "recorded_at", "when",
          "requested_at", "unlocks_at", "at", "since", "frozen_at", "last_recorded_at"),
      // Of a lock of a day, to the block that is asked for: nearly all of it.
      Rule.of("rest of a day", "8\\d{4}", "remaining_seconds"),
      Rule.of("day", "\\d{4}-\\d\\d-\\d\\d", "date", "start_date", "end_date"),
      Rule.of("month", "\\d{4}-\\d\\d", "period"),
      // Of a partition: seals, reconciliations and reports of usage come when they come.
      Rule.of("entry", "\\d+-\\d+", "id"),
      Rule.of("position", "\\d+", "positions"),
      Rule.of("token", "[A-Za-z0-9_-]{20,}", "token"),
      // May hold a time.
      Rule.of("cursor", "[A-Za-z0-9_-]+", "next_cursor"));

  private ShownAnswer() {}

  /** @param form {@code json} or {@code text} */
  public static String normalized(String form, String answer) {
    return form.equals("json") ? without(JSON.readTree(answer)).toPrettyString() : answer.strip();
  }

  private static JsonNode without(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property : object.properties()) {
        property.setValue(without(property.getKey(), property.getValue()));
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(ShownAnswer::without);
    }
    return node;
  }

  private static JsonNode without(String property, JsonNode value) {
    for (Rule rule : RULES) {
      if (rule.covers(property, value)) {
        return StringNode.valueOf("any " + rule.name());
      }
      if (rule.coversAll(property, value)) {
        return StringNode.valueOf(value.size() + " times any " + rule.name());
      }
    }
    return without(value);
  }
}
