package io.neuronledger.contracts.document;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of each public event, made from the document of the account events, which is held to the Java types:
 * without the name of whoever decided, open for properties that are added later, and each file complete in itself.
 */
final class PublicSchemas {
  /** Where the files are, as a resource and in the sources. */
  static final String FOLDER = "/asyncapi/public-events/";
  static final Path SOURCES = Path.of("src/main/resources" + FOLDER);

  private static final JsonNode EVENTS = Documents.read("/asyncapi/account-events.v1.yaml").at("/components/schemas");
  private static final String IN_DOCUMENT = "#/components/schemas/";
  private static final String IN_FILE = "#/definitions/";
  private static final String OPERATOR = "by";
  private static final JsonMapper JSON = JsonMapper.shared();

  private PublicSchemas() {}

  /** The types of the owners' events, in the order of their declaration. */
  static List<Class<?>> events() {
    return RecordSchema.alternatives(AccountEvent.class).stream()
        .filter(type -> !PartitionEvent.class.isAssignableFrom(type)
            && !AccountEvent.PeriodEvent.class.isAssignableFrom(type)).toList();
  }

  /** The name under which the type is stored and published. */
  static String nameOf(Class<?> event) {
    return EVENTS.at("/" + event.getSimpleName() + "/properties/type/const").asString();
  }

  /** The schema of the value of every record with this event, without examples. */
  static ObjectNode of(Class<?> type) {
    ObjectNode event = opened(EVENTS.get(type.getSimpleName()));
    ((ObjectNode) event.get("properties")).remove(OPERATOR);
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    event.get("required").forEach(each -> {
      if (!each.asString().equals(OPERATOR)) {
        required.add(each);
      }
    });
    event.set("required", required);
    ObjectNode schema = (ObjectNode) JSON.readTree("""
        {"$schema": "http://json-schema.org/draft-07/schema#", "title": "", "description": "", "type": "object",
          "required": ["chain_id", "partition", "seq", "recorded_at", "event"], "additionalProperties": true,
          "properties": {
            "chain_id": {"description": "The chain's EIP-155 id.", "type": "integer"},
            "partition": {"description": "The owner's.", "type": "integer", "minimum": 0},
            "seq": {"description": "The event's number in the partition, from 0, without gaps. A number below the next \
        one was read before; one above it means that events are missing.", "type": "integer", "minimum": 0},
            "recorded_at": {"description": "By the clock of ledger-command.", "allOf": [
              {"$ref": "#/definitions/Instant"}]}}}""");
    schema.put("title", nameOf(type));
    schema.set("description", event.remove("description"));
    ((ObjectNode) schema.get("properties")).set("event", event);
    ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    definitions(schema).forEach(definitions::set);
    schema.set("definitions", definitions);
    return schema;
  }

  /** All that the schema refers to, by name. */
  private static Map<String, ObjectNode> definitions(ObjectNode schema) {
    Map<String, ObjectNode> definitions = new TreeMap<>();
    Deque<JsonNode> open = new ArrayDeque<>(List.of(schema));
    while (!open.isEmpty()) {
      for (String reference : open.pop().findValuesAsString("$ref")) {
        String name = reference.substring(IN_FILE.length());
        if (!definitions.containsKey(name)) {
          ObjectNode definition = opened(EVENTS.get(name));
          definitions.put(name, definition);
          open.push(definition);
        }
      }
    }
    return definitions;
  }

  /**
   * A copy in which objects may have more properties. What stands beside a reference counts for nothing in JSON Schema
   * before 2019: the reference becomes the only part of an {@code allOf}.
   */
  private static ObjectNode opened(JsonNode described) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    described.properties().forEach(each -> {
      String name = each.getKey();
      JsonNode value = each.getValue();
      if (name.equals("additionalProperties") && value.isBoolean()) {
        copy.put(name, true);
      } else if (name.equals("$ref") && value.isString()) {
        JsonNode reference = JsonNodeFactory.instance.stringNode(value.asString().replace(IN_DOCUMENT, IN_FILE));
        if (described.size() == 1) {
          copy.set(name, reference);
        } else {
          copy.putArray("allOf").addObject().set(name, reference);
        }
      } else {
        copy.set(name, copied(value));
      }
    });
    return copy;
  }

  private static JsonNode copied(JsonNode value) {
    if (value.isArray()) {
      ArrayNode copies = JsonNodeFactory.instance.arrayNode();
      value.forEach(each -> copies.add(copied(each)));
      return copies;
    }
    if (value.isObject()) {
      return opened(value);
    }
    return value.isString() ? JsonNodeFactory.instance.stringNode(value.asString().strip()) : value;
  }

  /** The text of a file. */
  static String text(JsonNode schema) {
    return schema.toPrettyString() + "\n";
  }

  /** Writes the files anew, each with the examples that it has: after a change of the account events. */
  public static void main(String[] folder) throws IOException {
    Path files = folder.length == 0 ? SOURCES : Path.of(folder[0]);
    for (Class<?> type : events()) {
      Path file = files.resolve(nameOf(type) + ".json");
      ObjectNode schema = of(type);
      if (Files.exists(file)) {
        schema.set("examples", JSON.readTree(file).path("examples"));
      }
      Files.writeString(file, text(schema));
    }
  }

  /** The published file of an event. */
  static JsonNode published(Class<?> type) {
    return JSON.readTree(SOURCES.resolve(nameOf(type) + ".json"));
  }
}
