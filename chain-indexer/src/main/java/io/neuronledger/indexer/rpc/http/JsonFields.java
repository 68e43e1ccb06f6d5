package io.neuronledger.indexer.rpc.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one object of an answer from the stream, field by field, and the arrays in it. An object ends with its own end
 * and nothing else, an array too: a value of another type, an end of the input, a field that comes twice and a field
 * that is missing are an {@link IllegalArgumentException} that names the field. Every step takes a token of the answer,
 * which is held whole, so reading ends without a deadline of its own.
 *
 * <pre>
 * JsonFields fields = JsonFields.of(parser);
 * while (fields.next()) {
 *   switch (fields.name()) {
 *     case "hash" -> hash = fields.text(hash);
 *     default -> fields.skip();
 *   }
 * }
 * return Hash.parse(JsonFields.required("hash", hash));
 * </pre>
 */
public final class JsonFields {
  private final JsonParser parser;
  private String name = "";

  private JsonFields(JsonParser parser) {
    this.parser = parser;
  }

  /** @param parser at the object's first token; once {@link #next} is false, at its last */
  public static JsonFields of(JsonParser parser) {
    expect(JsonToken.START_OBJECT, parser, "an object");
    return new JsonFields(parser);
  }

  /** Advances to the next field's value, which must then be read or skipped; false at the object's end. */
  public boolean next() {
    JsonToken token = advance(parser);
    if (token == JsonToken.END_OBJECT) {
      return false;
    }
    if (token != JsonToken.PROPERTY_NAME) {
      throw new IllegalArgumentException("a field's name expected after " + name + ": " + token);
    }
    name = parser.currentName();
    advance(parser);
    return true;
  }

  /** The current field's name. */
  public String name() {
    return name;
  }

  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** @param before the value read of this field so far; a second one is an error */
  public String text(@Nullable String before) {
    once(before);
    return text(parser);
  }

  /** @param before as for {@link #text} */
  public <T> List<T> list(@Nullable List<T> before, Function<JsonParser, T> element) {
    once(before);
    return list(parser, element);
  }

  /** Skips the field's value, of any type. */
  public void skip() {
    parser.skipChildren();
  }

  private void once(@Nullable Object before) {
    if (before != null) {
      throw new IllegalArgumentException("the field " + name + " comes twice");
    }
  }

  /** @throws IllegalArgumentException if the field is missing */
  public static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("the field " + name + " is missing");
    }
    return value;
  }

  /**
   * Every element of the array that the parser is at.
   *
   * @param element reads one element whole; it checks the type
   */
  public static <T> List<T> list(JsonParser parser, Function<JsonParser, T> element) {
    expect(JsonToken.START_ARRAY, parser, "an array");
    List<T> elements = new ArrayList<>();
    while (advance(parser) != JsonToken.END_ARRAY) {
      elements.add(element.apply(parser));
    }
    return elements;
  }

  /** The parser's current value; empty for {@code null}. */
  public static <T> Optional<T> optional(JsonParser parser, Function<JsonParser, T> value) {
    return parser.currentToken() == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(value.apply(parser));
  }

  /** The string that the parser is at. */
  public static String text(JsonParser parser) {
    expect(JsonToken.VALUE_STRING, parser, "a string");
    return parser.getString();
  }

  private static void expect(JsonToken expected, JsonParser parser, String expectedType) {
    if (parser.currentToken() != expected) {
      String field = parser.currentName();
      throw new IllegalArgumentException(
          expectedType + " expected" + (field == null ? "" : " at " + field) + ": " + parser.currentToken());
    }
  }

  private static JsonToken advance(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new IllegalArgumentException("the answer ends in the middle");
    }
    return token;
  }
}
