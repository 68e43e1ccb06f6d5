package io.neuronledger.indexer.decode.zerog.trace;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Traces as trees: they are asked for rarely, and nested as deep as calls are. */
final class TraceJson {
  /** The answer goes on behind the result. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private TraceJson() {}

  static JsonNode read(JsonParser parser) {
    return JSON.readTree(parser);
  }
}
