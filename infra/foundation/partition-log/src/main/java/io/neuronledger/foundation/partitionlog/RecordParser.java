package io.neuronledger.foundation.partitionlog;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * Parses the values of one topic's records by {@link TopicJson}. A malformed record is a result, never an exception.
 *
 * @param <T> the type of the records
 */
public final class RecordParser<T> {
  private static final int REASON_MAX = 500;

  private final ObjectReader reader;

  public RecordParser(Class<T> type) {
    this.reader = TopicJson.MAPPER.readerFor(type);
  }

  public ParsedRecord<T> parse(byte @Nullable [] value) {
    if (value == null) {
      return new ParsedRecord.Malformed<>("a record without a value", OptionalLong.empty());
    }
    try {
      T read = reader.readValue(value);
      return read == null ? new ParsedRecord.Malformed<>("the value is null", OptionalLong.empty())
          : new ParsedRecord.Valid<>(read);
    } catch (JacksonException e) {
      return malformed(e.getOriginalMessage(), value);
    }
  }

  /** Keeps the seq if it can be read. */
  private ParsedRecord<T> malformed(String message, byte[] value) {
    String reason = message.length() <= REASON_MAX ? message : message.substring(0, REASON_MAX) + "…";
    try {
      return new ParsedRecord.Malformed<>(reason, number(TopicJson.MAPPER.readTree(value).path("seq")));
    } catch (JacksonException _) {
      return new ParsedRecord.Malformed<>(reason, OptionalLong.empty());
    }
  }

  private static OptionalLong number(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() && node.asLong() >= 0
        ? OptionalLong.of(node.asLong())
        : OptionalLong.empty();
  }
}
