package io.neuronledger.contracts.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final SubAccountId SUB_ACCOUNT = new SubAccountId(WalletAddress.parse("0x" + "1".repeat(40)),
      WalletAddress.parse("0x" + "2".repeat(40)), ServiceName.of("a:b/c v1"));
  private static final SettlementId SETTLEMENT = new SettlementId(new ChainPosition(12, 3, 4), 1);

  @Test
  void a_key_round_trips() {
    DifferenceKey boundary =
        new DifferenceKey(DifferenceKey.Kind.BOUNDARY, Optional.of(SETTLEMENT), SUB_ACCOUNT);
    assertThat(boundary).hasToString("settlement-boundary:12-3-4-1:" + SUB_ACCOUNT);
    assertThat(DifferenceKey.parse(boundary.toString())).isEqualTo(boundary);
    DifferenceKey overdue = DifferenceKey.overdue(SUB_ACCOUNT);
    assertThat(overdue).hasToString("usage-overdue:" + SUB_ACCOUNT);
    assertThat(DifferenceKey.parse(overdue.toString())).isEqualTo(overdue);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "settlement-boundary", "settlement-boundary:", "settlement-boundary:12-3-4-1",
      "settlement-boundary::sub-account:0x1:0x2:s", "usage-overdue:12-3-4-1:x", "balance-covers-movement:1-2-3-0:x"})
  void anything_else_is_no_key(String text) {
    assertThatThrownBy(() -> DifferenceKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_usage_that_waits_has_no_settlement() {
    assertThatThrownBy(() -> new DifferenceKey(DifferenceKey.Kind.UNREPORTED, Optional.empty(), SUB_ACCOUNT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DifferenceKey(DifferenceKey.Kind.OVERDUE, Optional.of(SETTLEMENT), SUB_ACCOUNT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1-2-3", "1-2-3-4-5", "-1-2-3-4", "1-2-3-x", "9999999999999999999-1-1-1"})
  void anything_else_is_no_settlement(String text) {
    assertThatThrownBy(() -> SettlementId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_sum_may_leave_the_range_of_an_amount_on_both_sides() {
    NeuronSum twice = NeuronSum.of(Neuron.MAX).plus(Neuron.MAX);
    assertThat(NeuronSum.parse(twice.toString())).isEqualTo(twice);
    assertThat(NeuronSum.parse(twice.negate().toString()).plus(twice)).isEqualTo(NeuronSum.ZERO);
    assertThat(twice.negate().orZero()).isEqualTo(NeuronSum.ZERO);
    assertThatThrownBy(() -> NeuronSum.parse("1".repeat(117))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NeuronSum.parse("1.5")).isInstanceOf(IllegalArgumentException.class);
  }
}
