package io.neuronledger.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeuronTest {
  private static final String MAX = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
  private static final String MAX_PLUS_1 =
      "115792089237316195423570985008687907853269984665640564039457584007913129639936";

  @Test
  void the_largest_amount_is_two_to_the_256_minus_one() {
    assertThat(Neuron.parse(MAX)).isEqualTo(Neuron.MAX).hasToString(MAX);
    assertThatThrownBy(() -> Neuron.parse(MAX_PLUS_1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Neuron.MAX.plus(new Neuron(BigInteger.ONE))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_smallest_amount_is_zero() {
    assertThat(new Neuron(BigInteger.ONE).minus(new Neuron(BigInteger.ONE))).isEqualTo(Neuron.ZERO);
    assertThatThrownBy(() -> Neuron.ZERO.minus(new Neuron(BigInteger.ONE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1", "+1", "1.5", "1e3", "0x10", "１", "1 ", "1_000"})
  void only_decimal_digits_are_an_amount(String text) {
    assertThatThrownBy(() -> Neuron.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_megabyte_of_digits_is_refused_by_its_length() {
    assertThatThrownBy(() -> Neuron.parse("9".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("…");
  }

  @ParameterizedTest
  @CsvSource({
      "10, 10000000000000000000",
      "0.5, 500000000000000000",
      "0.000000000000000001, 1",
      "3.3, 3300000000000000000",
      "0, 0"})
  void zero_g_is_read_and_shown_exactly(String zeroG, String neuron) {
    assertThat(Neuron.ofZeroG(zeroG)).isEqualTo(Neuron.parse(neuron));
    assertThat(Neuron.parse(neuron).toZeroG()).isEqualTo(zeroG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0000000000000000001", "ten", "", "-1"})
  void a_fraction_of_a_neuron_is_refused(String zeroG) {
    assertThatThrownBy(() -> Neuron.ofZeroG(zeroG)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void subtraction_can_stop_at_zero() {
    assertThat(Neuron.parse("3").minusOrZero(Neuron.parse("5"))).isEqualTo(Neuron.ZERO);
    assertThat(Neuron.parse("5").minusOrZero(Neuron.parse("3"))).isEqualTo(Neuron.parse("2"));
  }
}
