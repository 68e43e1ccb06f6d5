package io.neuronledger.wallet.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columns_are_as_wide_as_their_widest_cell_and_amounts_end_at_the_right() {
    assertThat(new Table("Balance", "Value (0G)").row("Total", "10").row("Locked", "0.5").lines()).containsExactly(
        "Balance  Value (0G)",
        "-------  ----------",
        "Total            10",
        "Locked          0.5");
  }

  /** A name from a ledger could move the cursor and write over what was shown. */
  @Test
  void text_of_others_moves_no_cursor() {
    String escape = "\u001b";
    assertThat(new Table("Service").row("x" + escape + "[2K\rinference").lines().getLast())
        .isEqualTo("x?[2K?inference");
    assertThat(Printable.of("a\u202eb\nc\u2028d")).isEqualTo("a?b?c?d");
    assertThat(Printable.of("modèle 模型 …")).isEqualTo("modèle 模型 …");
  }

  @Test
  void titles_alike_keep_their_widths() {
    assertThat(new Table("A", "A").row("123", "1").lines().get(1)).isEqualTo("---  -");
    assertThatThrownBy(() -> new Table("A").row()).isInstanceOf(IllegalArgumentException.class);
  }
}
