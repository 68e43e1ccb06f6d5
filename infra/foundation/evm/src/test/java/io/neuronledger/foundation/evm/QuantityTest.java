package io.neuronledger.foundation.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @Test
  void reads_what_it_writes() {
    assertThat(Quantity.toLong(Quantity.of(0))).isZero();
    assertThat(Quantity.toLong(Quantity.of(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    assertThat(Quantity.toLong("0x0a")).isEqualTo(10);
    assertThat(Quantity.toInt("0x7fffffff")).isEqualTo(Integer.MAX_VALUE);
    assertThat(Quantity.toBigInteger("0x" + "f".repeat(64)).bitLength()).isEqualTo(256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x", "12", "0x-1", "0x+1", "0xg", "0x8000000000000000", "latest"})
  void refuses_anything_else(String text) {
    assertThatThrownBy(() -> Quantity.toLong(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Millions of digits would be read for hours. */
  @ParameterizedTest
  @ValueSource(strings = {"0x-1", "0x+1", "0x", "0x\u0663"})
  void refuses_what_is_no_uint256(String text) {
    assertThatThrownBy(() -> Quantity.toBigInteger(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Quantity.toBigInteger("0x" + "f".repeat(10_000_000)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageMatching("(?s).{1,200}");
  }

  @Test
  void an_index_is_an_int() {
    assertThatThrownBy(() -> Quantity.toInt("0x80000000")).isInstanceOf(IllegalArgumentException.class);
  }
}
