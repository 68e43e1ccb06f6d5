package io.neuronledger.query.projection;

import static io.neuronledger.query.db.Tables.ENTRY;
import static io.neuronledger.query.db.Tables.LEDGER_STATE;
import static io.neuronledger.query.db.Tables.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.neuronledger.contracts.value.Neuron;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RowColumnsTest {
  private final RowColumns columns = new RowColumns(List.of(LEDGER_STATE.OWNER, LEDGER_STATE.BLOCK,
      LEDGER_STATE.AVAILABLE, PARTITION.NEXT_SEQ.as("expected_seq"), ENTRY.PAYLOAD, LEDGER_STATE.OPEN));

  @Test
  void names_and_types_come_from_the_fields() {
    assertThat(columns.names()).isEqualTo("owner, block, available, expected_seq, payload, open");
    assertThat(columns.types()).containsExactly("bytea", "int8", "numeric", "int8", "json", "bool");
  }

  @Test
  void a_value_of_another_type_is_refused_by_the_name_of_its_column() {
    assertThatIllegalArgumentException().isThrownBy(() -> columns.checked(1, 7)).withMessageContaining("block")
        .withMessageContaining("java.lang.Long").withMessageContaining("java.lang.Integer");
    assertThatIllegalArgumentException().isThrownBy(() -> columns.checked(2, Optional.of("7")))
        .withMessageContaining("available");
    assertThat(columns.checked(2, Neuron.parse("7"))).isEqualTo(Neuron.parse("7"));
  }

  @Test
  void an_absent_value_is_null() {
    assertThat(columns.checked(1, OptionalLong.empty())).isNull();
    assertThat(columns.checked(1, OptionalLong.of(7))).isEqualTo(7L);
    assertThat(columns.checked(0, Optional.empty())).isNull();
  }

  @Test
  void stored_json_is_passed_on_as_bytes() {
    byte[] record = {'{', '}'};
    assertThat(columns.checked(4, record)).isSameAs(record);
  }

  @Test
  void a_row_has_a_value_for_each_column() {
    assertThatIllegalArgumentException().isThrownBy(() -> columns.requireCount(5));
    columns.requireCount(6);
  }
}
