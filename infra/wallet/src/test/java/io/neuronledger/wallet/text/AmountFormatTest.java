package io.neuronledger.wallet.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountFormatTest {
  @Test
  void every_neuron_is_shown_and_read() {
    Neuron ugly = Neuron.parse("8257334240000000491");
    assertThat(AmountFormat.ZERO_G.show(ugly)).isEqualTo("8.257334240000000491");
    assertThat(AmountFormat.ZERO_G.read("8.257334240000000491")).isEqualTo(ugly);
    assertThat(AmountFormat.NEURON.show(ugly)).isEqualTo("8257334240000000491");
    assertThat(AmountFormat.ZERO_G.read("0.1")).isEqualTo(Neuron.parse("100000000000000000"));
    assertThat(AmountFormat.ZERO_G.show(Neuron.MAX)).endsWith(".584007913129639935");
    assertThat(AmountFormat.ZERO_G.read(AmountFormat.ZERO_G.show(Neuron.MAX))).isEqualTo(Neuron.MAX);
  }

  @Test
  void a_sum_may_be_negative_and_an_amount_absent() {
    assertThat(AmountFormat.ZERO_G.show(new BigInteger("-500000000000000000"))).isEqualTo("-0.5");
    assertThat(AmountFormat.ZERO_G.show(Optional.of("-1"))).isEqualTo("-0.000000000000000001");
    assertThat(AmountFormat.NEURON.show(Optional.<String>empty())).isEmpty();
    assertThatThrownBy(() -> AmountFormat.NEURON.show(Optional.of("1e3"))).hasMessageContaining("1e3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1e3", "0x1", "1,5", ".5", "1.", " 1", "1 0G", "0.0000000000000000001",
      "NaN"})
  void what_is_no_amount_of_0g_is_refused(String typed) {
    assertThatThrownBy(() -> AmountFormat.ZERO_G.read(typed)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.5", "-1", "1e3",
      "999999999999999999999999999999999999999999999999999999999999999999999999999999"})
  void what_is_no_amount_in_neuron_is_refused(String typed) {
    assertThatThrownBy(() -> AmountFormat.NEURON.read(typed)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_unit_is_0g_or_neuron() {
    assertThat(AmountFormat.of("0g")).isEqualTo(AmountFormat.ZERO_G);
    assertThat(AmountFormat.of("neuron")).isEqualTo(AmountFormat.NEURON);
    assertThatThrownBy(() -> AmountFormat.of("wei")).hasMessageContaining("wei");
  }
}
