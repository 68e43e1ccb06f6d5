package io.neuronledger.foundation.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HexDataTest {
  @Test
  void of_all_characters_the_hex_digits_of_both_cases_are_digits() {
    String digits = IntStream.rangeClosed(Character.MIN_VALUE, Character.MAX_VALUE)
        .filter(c -> isData("0x0" + (char) c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    assertThat(digits).isEqualTo("0123456789ABCDEFabcdef");
  }

  private static boolean isData(String text) {
    try {
      return HexData.parse(text).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
