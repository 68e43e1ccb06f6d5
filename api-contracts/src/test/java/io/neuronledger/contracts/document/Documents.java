package io.neuronledger.contracts.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the published documents. */
final class Documents {
  private static final Set<String> FOR_PEOPLE = Set.of("description", "title");
  private static final Set<String> UNORDERED = Set.of("required", "enum");

  private Documents() {}

  static JsonNode read(String resource) {
    String path = resource.replaceAll("/[a-z]+/\\.\\./", "/");
    try (InputStream in = Objects.requireNonNull(Documents.class.getResourceAsStream(path), path)) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document without descriptions, and with a fixed order where order has no meaning. */
  static JsonNode structure(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode bare = JsonNodeFactory.instance.objectNode();
      object.forEachEntry((name, value) -> {
        boolean isProperty = !value.isString();
        if (isProperty || !FOR_PEOPLE.contains(name)) {
          bare.set(name, UNORDERED.contains(name) && value.isArray() ? sorted(value) : structure(value));
        }
      });
      return bare;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode bare = JsonNodeFactory.instance.arrayNode();
      array.forEach(each -> bare.add(structure(each)));
      return bare;
    }
    return node;
  }

  private static JsonNode sorted(JsonNode values) {
    ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
    values.valueStream().map(JsonNode::asString).sorted().forEach(sorted::add);
    return sorted;
  }
}
