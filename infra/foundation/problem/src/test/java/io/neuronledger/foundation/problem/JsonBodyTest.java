package io.neuronledger.foundation.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
  /** Nothing of the parser's own words, which name its classes. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"x|: line 1, column 1",
      "{}{}|: line 1, column 3", "{\"a\":1,\"a\":2}|: line 1, column 11",
      "{|: line 1, column 2", "NaN|: line 1, column 4", "[1,]|: line 1, column 4"})
  void what_is_no_json_is_refused_with_its_place(String text, String where) {
    assertThat(refusal(text).detail()).matches("not one JSON value with each field once(: line \\d+, column \\d+)?")
        .endsWith(where);
  }

  @Test
  void more_levels_than_the_parser_reads_are_refused_alike() {
    assertThat(refusal("[".repeat(501)).detail()).startsWith("not one JSON value");
    assertThat(JsonBody.parse(("[".repeat(500) + "]".repeat(500)).getBytes(StandardCharsets.UTF_8)).isArray()).isTrue();
  }

  private static Refusal refusal(String text) {
    return catchThrowableOfType(Refusal.class, () -> JsonBody.parse(text.getBytes(StandardCharsets.UTF_8)));
  }
}
