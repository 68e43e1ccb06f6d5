package io.neuronledger.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteTokenTest {
  private static final WriteToken TOKEN =
      new WriteToken(16_602, new TreeMap<>(Map.of(0, 0L, 13, 9_007_199_254_740_993L, 1_023, Long.MAX_VALUE)));

  @Test
  void is_read_as_it_was_written() {
    assertThat(WriteToken.parse(TOKEN.toString())).isEqualTo(TOKEN);
    WriteToken none = new WriteToken(0, new TreeMap<>());
    assertThat(WriteToken.parse(none.toString())).isEqualTo(none);
  }

  /** Of a batch over all partitions that there can be. */
  @Test
  void the_longest_is_within_its_limit_and_goes_into_a_url_unchanged() {
    String longest = new WriteToken(Long.MAX_VALUE, new TreeMap<>(IntStream.range(0, 1_024).boxed()
        .collect(Collectors.toMap(partition -> partition, _ -> Long.MAX_VALUE)))).toString();
    assertThat(longest).hasSizeLessThan(WriteToken.LENGTH_MAX).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void both_writes_are_in_the_token_of_both() {
    assertThat(new WriteToken(1, new TreeMap<>(Map.of(1, 5L, 2, 6L))).and(
        new WriteToken(1, new TreeMap<>(Map.of(2, 4L, 3, 7L)))).next()).isEqualTo(Map.of(1, 5L, 2, 6L, 3, 7L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "null", "AQ", "AAAA", "==", "\u0000", "\ud83d\ude00", "AQAAAAAAAAAA AAAAAA"})
  void what_is_no_token_is_refused(String text) {
    assertThatThrownBy(() -> WriteToken.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_token_with_one_character_changed_added_or_removed_is_refused() {
    String text = TOKEN.toString();
    for (int i = 0; i < text.length(); i++) {
      String changed = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
      assertThatThrownBy(() -> WriteToken.parse(changed)).isInstanceOf(IllegalArgumentException.class);
      String shorter = text.substring(0, i);
      assertThatThrownBy(() -> WriteToken.parse(shorter)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> WriteToken.parse(text + "A")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WriteToken.parse(text + "=")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WriteToken.parse("A".repeat(WriteToken.LENGTH_MAX + 4)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_whole_token_of_another_form_is_refused_as_such() {
    byte[] bytes = Base64.getUrlDecoder().decode(TOKEN.toString());
    bytes[0]++;
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - 4);
    for (int i = 0; i < 4; i++) {
      bytes[bytes.length - 1 - i] = (byte) (checksum.getValue() >> (8 * i));
    }
    String other = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    assertThatThrownBy(() -> WriteToken.parse(other)).hasMessageContaining("another form");
  }
}
