package io.neuronledger.contracts.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnitsTest {
  private static final Neuron ONE = Neuron.parse("1");

  @Test
  void cached_input_is_part_of_the_input_and_has_a_price_of_its_own() {
    Units units = new Units.Tokens(1_000, 400, 250, Neuron.parse("70"), Neuron.parse("7"), Neuron.parse("200"));
    assertThat(units.fee().orElseThrow()).isEqualTo(Neuron.parse("94800"));
  }

  /** 190 tokens in and 5,990 out, as the Router's chat page shows it. */
  @Test
  void the_published_example_costs_what_is_published() {
    Units units = new Units.Tokens(190, 0, 5_990, Neuron.parse("100000000000"), Neuron.ZERO,
        Neuron.parse("320000000000"));
    assertThat(units.fee().orElseThrow()).isEqualTo(Neuron.parse("1935800000000000"));
  }

  @Test
  void images_and_seconds_cost_count_times_price() {
    assertThat(new Units.Images(3, Neuron.ofZeroG("0.02")).fee().orElseThrow()).isEqualTo(Neuron.ofZeroG("0.06"));
    assertThat(new Units.Seconds(90, Neuron.parse("11")).fee().orElseThrow()).isEqualTo(Neuron.parse("990"));
  }

  @Test
  void a_fee_is_exact_beyond_what_a_long_holds() {
    Neuron price = Neuron.parse("1234567890123456789012345678901234567");
    assertThat(new Units.Images(Units.COUNT_MAX, price).fee().orElseThrow().value())
        .isEqualTo(price.value().multiply(BigInteger.valueOf(Units.COUNT_MAX)));
  }

  @Test
  void all_input_may_be_cached_and_not_one_token_more() {
    assertThat(new Units.Tokens(5, 5, 0, ONE, Neuron.ZERO, ONE).fee().orElseThrow()).isEqualTo(Neuron.ZERO);
    assertThatThrownBy(() -> new Units.Tokens(5, 6, 0, ONE, ONE, ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cached_input");
  }

  @Test
  void a_fee_may_be_the_largest_amount_and_not_one_neuron_more() {
    assertThat(new Units.Images(1, Neuron.MAX).fee().orElseThrow()).isEqualTo(Neuron.MAX);
    assertThat(new Units.Tokens(1, 0, 1, Neuron.MAX.minus(ONE), ONE, ONE).fee().orElseThrow()).isEqualTo(Neuron.MAX);
    assertThatThrownBy(() -> new Units.Images(2, Neuron.MAX)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Units.Tokens(1, 0, 1, Neuron.MAX, ONE, ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no uint256");
  }

  @Test
  void a_count_fits_every_json_reader() {
    assertThat(new Units.Seconds(Units.COUNT_MAX, ONE).fee().orElseThrow().value())
        .isEqualTo(BigInteger.TWO.pow(53).subtract(BigInteger.ONE));
    assertThatThrownBy(() -> new Units.Seconds(Units.COUNT_MAX + 1, ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Units.Images(-1, ONE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Units.Tokens(0, 0, -1, ONE, ONE, ONE)).isInstanceOf(IllegalArgumentException.class);
  }

  /** 190 tokens in and 5,990 out, as the Router's chat page shows it. */
  @Test
  void priced_lines_of_the_published_example_sum_to_what_is_published() {
    Units units = new Units.Priced(List.of(
        line(Units.UnitKind.INPUT_TOKENS, "<=200000", 190, "100000000000"),
        line(Units.UnitKind.OUTPUT_TOKENS, "<=200000", 5_990, "320000000000")));
    assertThat(units.fee()).contains(Neuron.parse("1935800000000000"));
    assertThat(units.pricing()).isEqualTo(Units.Pricing.VERIFIED);
  }

  @Test
  void a_charge_without_prices_has_no_fee_of_its_own() {
    Units units = new Units.Unpriced(List.of(
        new Units.UnpricedLine(Units.UnitKind.INPUT_TOKENS, Optional.empty(), 190)));
    assertThat(units.fee()).isEmpty();
    assertThat(units.pricing()).isEqualTo(Units.Pricing.UNVERIFIED);
    assertThat(new Units.Unpriced(List.of()).lines()).isEmpty();
  }

  @Test
  void a_kind_has_one_line_in_a_tier() {
    Units.PricedLine plain = new Units.PricedLine(Units.UnitKind.IMAGES, Optional.empty(), 1, ONE);
    Units.PricedLine large = line(Units.UnitKind.IMAGES, "1024x1024", 1, "2");
    assertThat(new Units.Priced(List.of(plain, large)).fee()).contains(Neuron.parse("3"));
    assertThatThrownBy(() -> new Units.Priced(List.of(plain, large, line(Units.UnitKind.IMAGES, "1024x1024", 2, "5"))))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("two lines of images in tier 1024x1024");
    assertThatThrownBy(() -> new Units.Unpriced(List.of(plain.withoutPrice(), plain.withoutPrice())))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("two lines of images");
  }

  @Test
  void priced_units_have_1_to_20_lines() {
    List<Units.PricedLine> lines = IntStream.rangeClosed(1, Units.LINES_MAX)
        .mapToObj(i -> line(Units.UnitKind.CLIPS, "tier-" + i, i, "1")).toList();
    assertThat(new Units.Priced(lines).fee()).contains(Neuron.parse("210"));
    List<Units.PricedLine> more = new ArrayList<>(lines);
    more.add(line(Units.UnitKind.SECONDS, "tier-1", 1, "1"));
    assertThatThrownBy(() -> new Units.Priced(more)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("units have at most 20 lines, not 21");
    assertThatThrownBy(() -> new Units.Priced(List.of())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("priced units have a line at least");
  }

  @Test
  void a_line_has_the_limits_of_names_counts_and_amounts() {
    assertThatThrownBy(() -> line(Units.UnitKind.CLIPS, "two words", 1, "1"))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("tier must be visible ASCII");
    assertThatThrownBy(() -> new Units.UnpricedLine(Units.UnitKind.CLIPS, Optional.empty(), Units.COUNT_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("count must be 0 to 2^53 - 1");
    assertThatThrownBy(() -> new Units.Priced(List.of(
        new Units.PricedLine(Units.UnitKind.CLIPS, Optional.empty(), 1, Neuron.MAX),
        new Units.PricedLine(Units.UnitKind.IMAGES, Optional.empty(), 1, ONE))))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no uint256");
  }

  private static Units.PricedLine line(Units.UnitKind kind, String tier, long count, String price) {
    return new Units.PricedLine(kind, Optional.of(tier), count, Neuron.parse(price));
  }
}
