package io.neuronledger.query.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.topic.EventTopic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPositionTest {
  private static final EventTopic TOPIC = EventTopic.PUBLIC_EVENTS;
  private static final long CHAIN = 16_602;

  @Test
  void the_id_of_an_owners_event_is_that_of_the_cloud_event() {
    EventPosition position = EventPosition.parse("3-1041", 3);
    assertThat(position.next(3)).isEqualTo(1_042);
    assertThat(position.text(CHAIN)).isEqualTo("3-1041");
    assertThat(position.partitions()).containsExactly(3);
    assertThat(EventPosition.parse("beginning", 3).next(3)).isZero();
    assertThat(EventPosition.inPartition(3, 0).text(CHAIN)).isEqualTo("beginning");
    assertThat(EventPosition.parse("3-999999999999999999", 3).next(3)).isEqualTo(1_000_000_000_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3-", "3--1", "3-01", "4-1", "3-1000000000000000000", "3-1 ", "03-1", "3-x", "now"})
  void what_is_no_id_of_the_owners_partition_is_refused(String text) {
    assertThatThrownBy(() -> EventPosition.parse(text, 3)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_id_of_all_owners_has_a_number_for_each_partition() {
    for (long[] next : List.of(new long[] {1}, new long[] {0, 127, 128, 16_383, 16_384}, new long[] {Long.MAX_VALUE, 0},
        new long[1_024])) {
      EventPosition position = EventPosition.ofAll(TOPIC, next);
      EventPosition read = EventPosition.parseAll(TOPIC, position.text(CHAIN), next.length);
      for (int partition = 0; partition < next.length; partition++) {
        assertThat(read.next(partition)).isEqualTo(next[partition]);
      }
      assertThat(read.text(CHAIN)).isEqualTo(position.text(CHAIN));
      assertThat(read.isOfAnotherChain(CHAIN)).isFalse();
    }
    EventPosition position = EventPosition.ofAll(TOPIC, new long[] {5, 6});
    position.move(1, 7);
    assertThat(position.next(1)).isEqualTo(7);
    assertThat(EventPosition.parseAll(TOPIC, position.text(CHAIN), 2).isOfAnotherChain(1)).isTrue();
  }

  /** A header has at most 8 kB. */
  @Test
  void the_longest_id_fits_into_a_header() {
    long[] next = new long[1_024];
    Arrays.fill(next, (1L << 28) - 1);
    assertThat(EventPosition.ofAll(TOPIC, next).text(CHAIN)).hasSizeLessThan(5_500);
    long[] usual = new long[16];
    Arrays.fill(usual, (1L << 21) - 1);
    assertThat(EventPosition.ofAll(TOPIC, usual).text(CHAIN)).hasSizeLessThan(80);
  }

  @Test
  void what_is_no_id_of_all_owners_is_refused() {
    String right = EventPosition.ofAll(TOPIC, new long[] {5, 6}).text(CHAIN);
    assertThatThrownBy(() -> EventPosition.parseAll(TOPIC, right, 3))
        .hasMessageContaining("another number of partitions");
    assertThatThrownBy(() -> EventPosition.parseAll(TOPIC, right, 1))
        .hasMessageContaining("another number of partitions");
    for (int i = 0; i < right.length(); i++) {
      String wrong = right.substring(0, i) + (right.charAt(i) == 'A' ? 'B' : 'A') + right.substring(i + 1);
      assertThatThrownBy(() -> EventPosition.parseAll(TOPIC, wrong, 2)).as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String wrong : List.of("", "x", "3-1041", "now", right + "A", right + "=", right.substring(1),
        "A".repeat(9_000), "AAAAAA", "\u00e9")) {
      assertThatThrownBy(() -> EventPosition.parseAll(TOPIC, wrong, 2)).as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
