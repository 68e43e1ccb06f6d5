package io.neuronledger.command.partition;

import io.neuronledger.contracts.topic.ChainRecord;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/**
 * Reads the JSON of {@code ledger.chain-events.v1}. Strict: a record with a missing required or an unknown field is
 * malformed.
 */
public final class ChainRecordReader {
  private static final int REASON_MAX = 500;

  private final ObjectMapper json;
  private final ObjectReader reader;

  /** @param json the topic's mapper */
  public ChainRecordReader(ObjectMapper json) {
    this.json = json;
    this.reader = json.readerFor(ChainRecord.class).with(
        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  public Reading read(byte @Nullable [] value) {
    if (value == null) {
      return new Reading.Malformed("a record without a value", OptionalLong.empty(), OptionalLong.empty());
    }
    try {
      ChainRecord chainRecord = reader.readValue(value);
      return new Reading.Valid(chainRecord);
    } catch (JacksonException e) {
      return malformed(e.getOriginalMessage(), value);
    }
  }

  /** Keeps the seq and the block if they can be read. */
  private Reading malformed(String message, byte[] value) {
    String reason = message.length() <= REASON_MAX ? message : message.substring(0, REASON_MAX) + "…";
    try {
      JsonNode tree = json.readTree(value);
      return new Reading.Malformed(reason, number(tree.path("seq")), number(tree.path("position").path("block")));
    } catch (JacksonException _) {
      return new Reading.Malformed(reason, OptionalLong.empty(), OptionalLong.empty());
    }
  }

  private static OptionalLong number(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() && node.asLong() >= 0
        ? OptionalLong.of(node.asLong())
        : OptionalLong.empty();
  }
}
