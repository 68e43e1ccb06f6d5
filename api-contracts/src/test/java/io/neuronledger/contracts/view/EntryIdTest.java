package io.neuronledger.contracts.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.view.entry.EntryId;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"0-0", "13-39", "0-7-0", "999999999-999999999999999999-999"})
  void an_id_is_read_as_it_is_written(String text) {
    assertThat(EntryId.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0-", "-1-2", "00-7", "0-07", "0-7-", "0-7-00", "0-7-1000", "0-7-1-1", "0-7-x",
      "1000000000-7", "0-1000000000000000000", "0 -7", "0-7\n"})
  void another_form_is_refused(String text) {
    assertThatThrownBy(() -> EntryId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ids_are_ordered_by_event_and_then_by_report() {
    List<EntryId> ordered = List.of(new EntryId(0, 9), new EntryId(0, 10, OptionalInt.of(2)),
        new EntryId(0, 10, OptionalInt.of(10)), new EntryId(0, 11), new EntryId(1, 1));
    assertThat(ordered.reversed().stream().sorted()).isEqualTo(ordered);
  }
}
