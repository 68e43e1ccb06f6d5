package io.neuronledger.wallet.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serial;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Answers as data for a terminal: what it would obey, or what reorders a text, is an escape of JSON. */
public final class JsonText {
  private static final CharacterEscapes ESCAPES = new Escapes();

  /** Of this program's own records: fields in snake case, without those that are empty. */
  private static final JsonMapper RECORDS = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_ABSENT)).build();

  private JsonText() {}

  /** A record of this program in one line. */
  public static String line(Record answer) {
    return line(RECORDS, answer);
  }

  /** A record of this program over several lines. */
  public static String pretty(Record answer) {
    return pretty(RECORDS, answer);
  }

  /** In one line. */
  public static String line(ObjectMapper mapper, Object answer) {
    return writer(mapper).writeValueAsString(answer);
  }

  /** Over several lines. */
  public static String pretty(ObjectMapper mapper, Object answer) {
    return writer(mapper).with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(answer);
  }

  private static ObjectWriter writer(ObjectMapper mapper) {
    return mapper.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).with(ESCAPES);
  }

  /** JSON's own, and DEL, which is ASCII and a control. */
  private static final class Escapes extends CharacterEscapes {
    @Serial private static final long serialVersionUID = 1L;
    private static final char DELETE = '\u007f';

    private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

    Escapes() {
      ascii[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      throw new IllegalStateException("no character has a sequence of its own: " + character);
    }
  }
}
