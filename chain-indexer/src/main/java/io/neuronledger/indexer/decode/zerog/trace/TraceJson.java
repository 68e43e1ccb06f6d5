package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.foundation.evm.Quantity;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads traces as JSON trees: they are rare, and nested as deep as calls are. A missing field, or one of another type,
 * is an {@link IllegalArgumentException} that names it; the methods for optional fields accept absent ones.
 */
final class TraceJson {
  /** The answer continues after the result. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private TraceJson() {}

  static JsonNode read(JsonParser parser) {
    return JSON.readTree(parser);
  }

  /** An array's elements, each an object. */
  static List<JsonNode> objects(JsonNode array, String name) {
    if (!array.isArray()) {
      throw new IllegalArgumentException(name + " is not an array: " + array.getNodeType());
    }
    List<JsonNode> elements = List.copyOf(array.values());
    elements.forEach(element -> requireObject(element, name));
    return elements;
  }

  /** The elements of an optional field; none where it is absent. */
  static List<JsonNode> objectsOrNone(JsonNode object, String field) {
    return object.has(field) ? objects(object.get(field), field) : List.of();
  }

  static JsonNode object(JsonNode object, String field) {
    return requireObject(object.path(field), field);
  }

  static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isString()) {
      throw new IllegalArgumentException(field + " is not a string: " + value.getNodeType());
    }
    return value.stringValue();
  }

  /** Empty where the field is absent or null. */
  static Optional<String> textOrNone(JsonNode object, String field) {
    return object.hasNonNull(field) ? Optional.of(text(object, field)) : Optional.empty();
  }

  static WalletAddress address(JsonNode object, String field) {
    return WalletAddress.parse(text(object, field));
  }

  static Neuron amount(JsonNode object, String field) {
    return new Neuron(Quantity.toBigInteger(text(object, field)));
  }

  /** Bytes, as {@code 0x} and hex. */
  static String data(JsonNode object, String field) {
    return HexData.parse(text(object, field));
  }

  static int index(JsonNode value, String name) {
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw new IllegalArgumentException(name + " is not an index: " + value.getNodeType());
    }
    return value.intValue();
  }

  private static JsonNode requireObject(JsonNode value, String name) {
    if (!value.isObject()) {
      throw new IllegalArgumentException(name + ": an object expected, found " + value.getNodeType());
    }
    return value;
  }
}
