package io.neuronledger.query.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PriceView.AdditionalInfo;
import io.neuronledger.contracts.view.price.PriceView.Tier;
import io.neuronledger.contracts.view.price.QuotesAnswer.Quote;
import io.neuronledger.contracts.view.price.QuotesAnswer.Reason;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotesTest {
  private static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");

  /** A price as the tests change it. */
  private record Draft(int provider, String type, String input, String output, Optional<String> cached,
      List<Tier> tiers, Optional<String> denomination, boolean several, AdditionalInfo info) {
    PriceView view() {
      return new PriceView(Wallets.wallet(provider), INFERENCE, type, "https://gpu.example", Optional.of("model-a"),
          Neuron.parse(input), Optional.of(Neuron.parse(output)), cached.map(Neuron::parse), tiers, denomination,
          several, Optional.of("TeeML"), info, 7 + provider, Instant.EPOCH);
    }
  }

  private static PriceView price(int provider, String type, String input, String output) {
    return new Draft(provider, type, input, output, Optional.empty(), List.of(), Optional.empty(), false,
        AdditionalInfo.KNOWN).view();
  }

  private static Tier tier(Optional<Long> most, String input, String output) {
    return new Tier(most, Neuron.parse(input), Neuron.parse(output), Optional.empty());
  }

  private static QuoteRequest request(String json) {
    return QuoteRequest.of(QueryFixture.JSON.readTree(json));
  }

  private static QuoteRequest tokens(long input, long cached, long output) {
    return new QuoteRequest(new ModelName("model-a"), QuoteRequest.Kind.TOKENS, input, cached, output, 0);
  }

  private static Quote one(QuoteRequest request, PriceView price) {
    List<Quote> quotes = Quotes.of(request, List.of(price));
    assertThat(quotes).hasSize(1);
    return quotes.getFirst();
  }

  private static Optional<String> fee(QuoteRequest request, PriceView price) {
    return one(request, price).fee().map(Neuron::toString);
  }

  /** The example of the chat page: 190 × 100000000000 + 5990 × 320000000000. */
  @Test
  void the_published_example_is_exact_to_the_neuron() {
    assertThat(fee(request("{\"model\":\"model-a\",\"input_tokens\":190,\"output_tokens\":5990}"),
        price(1, "chatbot", "100000000000", "320000000000"))).contains("1935800000000000");
  }

  @Test
  void cached_tokens_are_a_part_of_the_input_and_cost_their_own_price() {
    PriceView cheaper = new Draft(1, "chatbot", "70", "210", Optional.of("7"), List.of(), Optional.empty(), false,
        AdditionalInfo.KNOWN).view();
    assertThat(fee(tokens(1200, 200, 300), cheaper)).contains("134400");
    assertThat(fee(tokens(1200, 200, 300), price(1, "chatbot", "70", "210"))).as("without a price of their own")
        .contains("147000");
  }

  @ParameterizedTest
  @CsvSource({"text-to-image, images", "image-editing, images", "speech-to-text, seconds", "text-to-video, seconds"})
  void images_and_seconds_cost_the_output_price_each(String type, String unit) {
    assertThat(fee(request("{\"model\":\"model-a\",\"" + unit + "\":3}"), price(1, type, "5", "20"))).contains("60");
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000, 1", "1001, 2002,", "0, 0, 1"})
  void the_first_tier_that_the_input_fits_into_applies(long input, String fee, String tier) {
    PriceView tiered = new Draft(1, "chatbot", "1", "1", Optional.empty(),
        List.of(tier(Optional.of(1000L), "1", "1"), tier(Optional.empty(), "2", "2")), Optional.empty(), false,
        AdditionalInfo.KNOWN).view();
    Quote quote = one(tokens(input, 0, 0), tiered);
    assertThat(quote.fee()).contains(Neuron.parse(fee));
    assertThat(quote.tier()).isEqualTo(Optional.ofNullable(tier).map(_ -> 1000L));
  }

  private static Reason reason(QuoteRequest request, PriceView price) {
    Quote quote = one(request, price);
    assertThat(quote.fee()).isEmpty();
    return quote.reason().orElseThrow();
  }

  @Test
  void what_is_not_exact_has_no_fee_but_a_reason() {
    QuoteRequest tokens = tokens(10, 0, 10);
    assertThat(reason(tokens, new Draft(1, "chatbot", "1", "1", Optional.empty(), List.of(), Optional.of("USD"),
        false, AdditionalInfo.KNOWN).view())).isEqualTo(Reason.OTHER_DENOMINATION);
    assertThat(reason(tokens, new Draft(1, "chatbot", "1", "1", Optional.empty(), List.of(), Optional.empty(),
        true, AdditionalInfo.KNOWN).view())).isEqualTo(Reason.SEVERAL_MODELS);
    assertThat(reason(tokens, new Draft(1, "chatbot", "1", "1", Optional.empty(), List.of(), Optional.empty(),
        false, AdditionalInfo.UNKNOWN).view())).isEqualTo(Reason.ADDITIONAL_INFO_UNKNOWN);
    assertThat(reason(tokens, new Draft(1, "chatbot", "1", "1", Optional.empty(), List.of(), Optional.empty(),
        false, AdditionalInfo.UNREADABLE).view())).isEqualTo(Reason.ADDITIONAL_INFO_UNREADABLE);
    assertThat(reason(tokens, new Draft(1, "chatbot", "1", "1", Optional.empty(),
        List.of(tier(Optional.of(9L), "1", "1")), Optional.empty(), false, AdditionalInfo.KNOWN).view()))
        .isEqualTo(Reason.BEYOND_TIERS);
    assertThat(reason(tokens, price(1, "text-to-image", "1", "1"))).isEqualTo(Reason.OTHER_UNITS);
    assertThat(reason(tokens, price(1, "something-new", "1", "1"))).isEqualTo(Reason.OTHER_UNITS);
    assertThat(reason(tokens, price(1, "chatbot", Neuron.MAX.toString(), "1"))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void the_cheapest_comes_first_and_what_has_no_fee_last() {
    List<Quote> quotes = Quotes.of(tokens(1, 0, 1), List.of(price(1, "text-to-image", "1", "1"),
        price(2, "chatbot", "3", "3"), price(3, "chatbot", "2", "2")));
    assertThat(quotes).extracting(Quote::provider)
        .containsExactly(Wallets.wallet(3), Wallets.wallet(2), Wallets.wallet(1));
    assertThat(quotes.getFirst().priceSince()).as("the block of its price").isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{\"model\":\"a\"}", "{\"input_tokens\":1,\"output_tokens\":1}",
      "{\"model\":\"a b\",\"images\":1}", "{\"model\":\"a\",\"images\":1,\"seconds\":1}",
      "{\"model\":\"a\",\"input_tokens\":1}", "{\"model\":\"a\",\"cached_tokens\":1}",
      "{\"model\":\"a\",\"input_tokens\":1,\"cached_tokens\":2,\"output_tokens\":1}",
      "{\"model\":\"a\",\"images\":-1}", "{\"model\":\"a\",\"images\":9007199254740992}",
      "{\"model\":\"a\",\"images\":1.5}", "{\"model\":\"a\",\"images\":\"1\"}",
      "{\"model\":\"a\",\"images\":1,\"clips\":1}"})
  void a_request_that_names_no_model_or_no_single_kind_of_units_is_refused(String body) {
    assertThatThrownBy(() -> request(body)).isInstanceOf(Refusal.class);
  }
}
