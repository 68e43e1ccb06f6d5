package io.neuronledger.contracts.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class UnitsTest {
  private static final Neuron ONE = Neuron.parse("1");

  @Test
  void cached_input_is_part_of_the_input_and_has_a_price_of_its_own() {
    Units units = new Units.Tokens(1_000, 400, 250, Neuron.parse("70"), Neuron.parse("7"), Neuron.parse("200"));
    assertThat(units.fee()).isEqualTo(Neuron.parse("94800"));
  }

  /** 190 tokens in and 5,990 out, as the Router's chat page shows it. */
  @Test
  void the_published_example_costs_what_is_published() {
    Units units = new Units.Tokens(190, 0, 5_990, Neuron.parse("100000000000"), Neuron.ZERO,
        Neuron.parse("320000000000"));
    assertThat(units.fee()).isEqualTo(Neuron.parse("1935800000000000"));
  }

  @Test
  void images_and_seconds_cost_count_times_price() {
    assertThat(new Units.Images(3, Neuron.ofZeroG("0.02")).fee()).isEqualTo(Neuron.ofZeroG("0.06"));
    assertThat(new Units.Seconds(90, Neuron.parse("11")).fee()).isEqualTo(Neuron.parse("990"));
  }

  @Test
  void a_fee_is_exact_beyond_what_a_long_holds() {
    Neuron price = Neuron.parse("1234567890123456789012345678901234567");
    assertThat(new Units.Images(Units.COUNT_MAX, price).fee().value())
        .isEqualTo(price.value().multiply(BigInteger.valueOf(Units.COUNT_MAX)));
  }

  @Test
  void all_input_may_be_cached_and_not_one_token_more() {
    assertThat(new Units.Tokens(5, 5, 0, ONE, Neuron.ZERO, ONE).fee()).isEqualTo(Neuron.ZERO);
    assertThatThrownBy(() -> new Units.Tokens(5, 6, 0, ONE, ONE, ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cached_input");
  }

  @Test
  void a_fee_may_be_the_largest_amount_and_not_one_neuron_more() {
    assertThat(new Units.Images(1, Neuron.MAX).fee()).isEqualTo(Neuron.MAX);
    assertThat(new Units.Tokens(1, 0, 1, Neuron.MAX.minus(ONE), ONE, ONE).fee()).isEqualTo(Neuron.MAX);
    assertThatThrownBy(() -> new Units.Images(2, Neuron.MAX)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Units.Tokens(1, 0, 1, Neuron.MAX, ONE, ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no uint256");
  }

  @Test
  void a_count_fits_every_json_reader() {
    assertThat(new Units.Seconds(Units.COUNT_MAX, ONE).fee().value())
        .isEqualTo(BigInteger.TWO.pow(53).subtract(BigInteger.ONE));
    assertThatThrownBy(() -> new Units.Seconds(Units.COUNT_MAX + 1, ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Units.Images(-1, ONE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Units.Tokens(0, 0, -1, ONE, ONE, ONE)).isInstanceOf(IllegalArgumentException.class);
  }
}
