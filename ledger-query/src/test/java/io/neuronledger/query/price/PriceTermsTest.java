package io.neuronledger.query.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.view.price.PriceView.AdditionalInfo;
import io.neuronledger.contracts.view.price.PriceView.Tier;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON that providers publish beside a price of 100 neuron for input and 300 for output. */
class PriceTermsTest {
  private static PriceTerms terms(Optional<String> info) {
    return PriceTerms.of(new ServicePrice("chatbot", "https://gpu.example", Optional.of("model-a"), neuron("100"),
        Optional.of(neuron("300")), Optional.of("TeeML"), info));
  }

  private static Neuron neuron(String amount) {
    return Neuron.parse(amount);
  }

  private static PriceTerms terms(String info) {
    return terms(Optional.of(info));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{}", "{\"owner\":{\"name\":7}}",
      "{\"tieredPricing\":null,\"priceDenomination\":\"0g\"}"})
  void nothing_of_interest_leaves_the_price_as_it_is(String info) {
    assertThat(terms(info))
        .isEqualTo(new PriceTerms(AdditionalInfo.KNOWN, Optional.empty(), List.of(), Optional.empty(), false));
  }

  @Test
  void a_cached_token_costs_the_price_divided_as_whole_neuron() {
    assertThat(terms("{\"cacheTokenBilling\":{\"divisor\":3}}").cached()).contains(neuron("33"));
  }

  @Test
  void tiers_multiply_both_prices_and_the_cache_divides_the_tiers() {
    assertThat(terms("""
        {"tieredPricing":{"tiers":[{"maxInputTokens":1000,"inputMultiplier":1,"outputMultiplier":2},
          {"maxInputTokens":0,"inputMultiplier":3,"inputMultiplierDenominator":2,"outputMultiplier":10,
            "outputMultiplierDenominator":7}]},"cacheTokenBilling":{"divisor":10}}""").tiers()).containsExactly(
        new Tier(Optional.of(1000L), neuron("100"), neuron("600"), Optional.of(neuron("10"))),
        new Tier(Optional.empty(), neuron("150"), neuron("428"), Optional.of(neuron("15"))));
  }

  @Test
  void a_price_in_dollars_and_several_models_are_told_apart() {
    assertThat(terms("{\"priceDenomination\":\"USD\"}").denomination()).contains("USD");
    assertThat(terms("{\"MultiModel\":true}").severalModels()).isTrue();
  }

  /** Part of it might be read, but the price could be a wrong one. */
  @ParameterizedTest
  @ValueSource(strings = {"not JSON", "7", "[]", "{\"cacheTokenBilling\":{\"divisor\":0}}",
      "{\"cacheTokenBilling\":{\"divisor\":1.5}}", "{\"cacheTokenBilling\":{\"divisor\":\"10\"}}",
      "{\"cacheTokenBilling\":10}", "{\"tieredPricing\":[]}", "{\"tieredPricing\":{\"tiers\":{}}}",
      "{\"tieredPricing\":{\"tiers\":[{\"maxInputTokens\":99999999999999999999}]}}",
      "{\"tieredPricing\":{\"tiers\":[{\"maxInputTokens\":5},{\"maxInputTokens\":5}]}}",
      "{\"tieredPricing\":{\"tiers\":[{\"maxInputTokens\":0},{\"maxInputTokens\":5}]}}",
      "{\"tieredPricing\":{\"tiers\":[{\"inputMultiplier\":-1}]}}",
      "{\"priceDenomination\":7}", "{\"MultiModel\":\"yes\"}", "{\"MultiModel\":true"})
  void another_form_makes_all_of_it_unreadable(String info) {
    assertThat(terms(info))
        .isEqualTo(new PriceTerms(AdditionalInfo.UNREADABLE, Optional.empty(), List.of(), Optional.empty(), false));
  }

  @Test
  void a_tier_beyond_the_largest_amount_is_unreadable() {
    assertThat(terms("{\"tieredPricing\":{\"tiers\":[{\"inputMultiplier\":1" + "0".repeat(80) + "}]}}").state())
        .isEqualTo(AdditionalInfo.UNREADABLE);
  }

  @Test
  void what_no_node_has_answered_is_unknown() {
    assertThat(terms(Optional.empty()).state()).isEqualTo(AdditionalInfo.UNKNOWN);
  }

  @Test
  void of_a_contract_without_such_information_nothing_is_unknown() {
    assertThat(PriceTerms.of(new ServicePrice("fine-tuning", "", Optional.empty(), neuron("9"), Optional.empty(),
        Optional.empty(), Optional.empty())).state()).isEqualTo(AdditionalInfo.KNOWN);
  }
}
