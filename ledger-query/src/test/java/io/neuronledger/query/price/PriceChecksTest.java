package io.neuronledger.query.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.Units.PricedLine;
import io.neuronledger.contracts.usage.Units.UnitKind;
import io.neuronledger.contracts.usage.Units.UnpricedLine;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.view.price.PriceCheck;
import io.neuronledger.contracts.view.price.PriceCheck.PublishedPrices;
import io.neuronledger.contracts.view.price.PriceCheck.Reason;
import io.neuronledger.contracts.view.price.PriceCheck.State;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PriceView.AdditionalInfo;
import io.neuronledger.contracts.view.price.PriceView.Tier;
import io.neuronledger.query.fixture.Wallets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Input at 100, from the cache at 10, output at 300; each state and reason. */
class PriceChecksTest {
  private static final Price CHAT = new Price("chatbot", Optional.of("300"), List.of(), Optional.empty(), false,
      AdditionalInfo.KNOWN);

  /** A price as the tests change it. */
  private record Price(String type, Optional<String> output, List<Tier> tiers, Optional<String> denomination,
      boolean several, AdditionalInfo info) {
    Price of(String otherType) {
      return new Price(otherType, output, tiers, denomination, several, info);
    }

    Price tiered(Tier... others) {
      return new Price(type, output, List.of(others), denomination, several, info);
    }

    Price in(String unit) {
      return new Price(type, output, tiers, Optional.of(unit), several, info);
    }

    Price severalModels() {
      return new Price(type, output, tiers, denomination, true, info);
    }

    Price with(AdditionalInfo other) {
      return new Price(type, output, tiers, denomination, several, other);
    }

    PriceView view() {
      return new PriceView(Wallets.wallet(1), ServiceName.of("inference-v1.0"), type, "https://gpu.example",
          Optional.of("model-a"), neuron("100"), output.map(PriceChecksTest::neuron), Optional.of(neuron("10")), tiers,
          denomination, several, Optional.of("TeeML"), info, 7, Instant.EPOCH);
    }
  }

  private static Neuron neuron(String amount) {
    return Neuron.parse(amount);
  }

  private static Tier tier(long most, String input, String output) {
    return new Tier(Optional.of(most), neuron(input), neuron(output), Optional.empty());
  }

  private static Units tokens(String input, String cached, String output) {
    return new Units.Tokens(1000, 200, 50, neuron(input), neuron(cached), neuron(output));
  }

  private static PricedLine line(UnitKind kind, long count, String price) {
    return new PricedLine(kind, Optional.of("any-tier"), count, neuron(price));
  }

  private static PriceCheck check(Units units, Price price) {
    return PriceChecks.check(new ModelName("model-a"), units, Optional.of(price.view()));
  }

  private static void assertUnknown(PriceCheck check, Reason reason) {
    assertThat(check).isEqualTo(new PriceCheck(State.UNKNOWN, Optional.of(reason), Optional.empty()));
  }

  private static void assertDiffers(PriceCheck check, Optional<Reason> likely) {
    assertThat(check.state()).isEqualTo(State.DIFFERS);
    assertThat(check.reason()).isEqualTo(likely);
    assertThat(check.published()).isPresent();
  }

  @Test
  void a_report_at_the_published_prices_is_equal() {
    assertThat(check(tokens("100", "10", "300"), CHAT)).isEqualTo(new PriceCheck(State.EQUAL, Optional.empty(),
        Optional.of(new PublishedPrices(neuron("100"), neuron("10"), neuron("300"), Optional.empty(), 7))));
    assertThat(check(new Units.Priced(List.of(line(UnitKind.INPUT_TOKENS, 5, "100"),
        line(UnitKind.CACHED_INPUT_TOKENS, 6, "10"), line(UnitKind.OUTPUT_TOKENS, 7, "300"))), CHAT).state())
        .isEqualTo(State.EQUAL);
  }

  @ParameterizedTest
  @CsvSource({"101, 10, 300", "100, 11, 300", "100, 10, 299"})
  void one_other_price_is_a_difference_without_a_known_reason(String input, String cached, String output) {
    assertDiffers(check(tokens(input, cached, output), CHAT), Optional.empty());
  }

  @Test
  void the_price_of_units_that_were_not_consumed_does_not_matter() {
    assertThat(check(new Units.Tokens(1000, 0, 50, neuron("100"), neuron("77"), neuron("300")), CHAT).state())
        .isEqualTo(State.EQUAL);
    assertThat(check(new Units.Priced(List.of(line(UnitKind.OUTPUT_TOKENS, 1, "300"),
        line(UnitKind.CLIPS, 0, "5"))), CHAT).state()).isEqualTo(State.EQUAL);
  }

  @ParameterizedTest
  @CsvSource({"text-to-image, 300, EQUAL", "image-editing, 301, DIFFERS"})
  void images_are_at_the_output_price(String type, String price, State state) {
    assertThat(check(new Units.Images(2, neuron(price)), CHAT.of(type)).state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"speech-to-text, 300, EQUAL", "text-to-video, 301, DIFFERS"})
  void seconds_are_at_the_output_price(String type, String price, State state) {
    assertThat(check(new Units.Seconds(2, neuron(price)), CHAT.of(type)).state()).isEqualTo(state);
  }

  @Test
  void the_tier_of_the_whole_input_applies() {
    Price tiered = CHAT.tiered(tier(999, "100", "300"), tier(5000, "200", "400"));
    PriceCheck check = check(tokens("200", "200", "400"), tiered);
    assertThat(check.state()).isEqualTo(State.EQUAL);
    assertThat(check.published().orElseThrow().tier()).contains(5000L);
    assertDiffers(check(tokens("100", "100", "300"), tiered), Optional.of(Reason.OTHER_TIER));
    assertDiffers(check(tokens("100", "100", "400"), tiered), Optional.empty());
    assertUnknown(check(tokens("200", "200", "400"), CHAT.tiered(tier(999, "200", "400"))), Reason.BEYOND_TIERS);
  }

  @Test
  void the_prices_without_the_tiers_are_those_of_another_tier() {
    assertDiffers(check(tokens("100", "10", "300"), CHAT.tiered(tier(5000, "200", "400"))),
        Optional.of(Reason.OTHER_TIER));
  }

  @Test
  void a_price_in_another_unit_is_the_likely_reason() {
    assertDiffers(check(tokens("101", "10", "300"), CHAT.in("USD")), Optional.of(Reason.OTHER_DENOMINATION));
    assertThat(check(tokens("100", "10", "300"), CHAT.in("USD")).state()).isEqualTo(State.EQUAL);
  }

  @Test
  void several_models_are_the_likely_reason() {
    assertDiffers(check(tokens("101", "10", "300"), CHAT.severalModels()), Optional.of(Reason.SEVERAL_MODELS));
    assertDiffers(PriceChecks.check(new ModelName("model-b"), tokens("101", "10", "300"), Optional.of(CHAT.view())),
        Optional.of(Reason.SEVERAL_MODELS));
  }

  @Test
  void a_charge_without_unit_prices_cannot_be_compared() {
    assertUnknown(check(new Units.Unpriced(List.of(new UnpricedLine(UnitKind.OUTPUT_TOKENS, Optional.empty(), 5))),
        CHAT), Reason.NO_UNIT_PRICES);
  }

  @Test
  void without_a_price_in_force_nothing_is_known() {
    assertUnknown(PriceChecks.check(new ModelName("model-a"), tokens("100", "10", "300"), Optional.empty()),
        Reason.NO_PRICE);
  }

  @ParameterizedTest
  @EnumSource(value = UnitKind.class,
      names = {"CACHE_WRITE_TOKENS", "CACHE_WRITE_1H_TOKENS", "CLIPS", "IMAGES", "SECONDS"})
  void units_without_a_published_price_cannot_be_compared(UnitKind kind) {
    assertUnknown(check(new Units.Priced(List.of(line(UnitKind.INPUT_TOKENS, 5, "100"), line(kind, 1, "300"))), CHAT),
        Reason.OTHER_UNITS);
  }

  @Test
  void a_service_with_one_price_for_all_cannot_be_compared() {
    Price one = new Price("fine-tuning", Optional.empty(), List.of(), Optional.empty(), false, AdditionalInfo.KNOWN);
    assertUnknown(check(tokens("100", "10", "300"), one), Reason.OTHER_UNITS);
    assertUnknown(check(new Units.Images(0, neuron("1")), one), Reason.OTHER_UNITS);
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN, ADDITIONAL_INFO_UNKNOWN", "UNREADABLE, ADDITIONAL_INFO_UNREADABLE"})
  void without_the_additional_info_nothing_is_known(AdditionalInfo info, Reason reason) {
    assertUnknown(check(tokens("100", "10", "300"), CHAT.with(info)), reason);
  }
}
