package io.neuronledger.query.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.price.ModelsPage;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.problem.BadCursor;
import io.neuronledger.query.request.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The models in the Router's form: of the prices in force, and of reported usage. */
class ModelsIT {
  private static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  private static final ServiceName NEXT = ServiceName.of("inference-v2.0");
  private static final WalletAddress ONE = Wallets.wallet(70);
  private static final WalletAddress TWO = Wallets.wallet(71);
  private static final Instant HOUR = Chain.blockTime(1).truncatedTo(ChronoUnit.HOURS);

  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1);

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Neuron neuron(long amount) {
    return Neuron.parse(String.valueOf(amount));
  }

  private static Optional<ServicePrice> price(String model, long input, long output, String info) {
    return Optional.of(new ServicePrice("chatbot", "https://gpu.example", Optional.of(model), neuron(input),
        Optional.of(neuron(output)), Optional.of("TeeML"), Optional.of(info)));
  }

  private ModelsPage page(int limit, Optional<String> cursor) {
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> new ModelQueries(new PriceQueries()).page(new Page(limit, cursor), asOf, db));
  }

  private List<ModelsPage.Line> models() {
    return page(500, Optional.empty()).data();
  }

  private ModelsPage.Pricing only() {
    assertThat(models()).hasSize(1);
    return models().getFirst().pricing().orElseThrow();
  }

  private void used(WalletAddress provider, ServiceName service, String... models) {
    SubAccountId account = new SubAccountId(Wallets.wallet(1), provider, service);
    Meters meters = new Meters();
    for (String model : models) {
      script.add(meters.recorded(account, List.of(Meters.line("r-" + model, Chain.blockTime(1), model,
          new Units.Images(1, neuron(2)), UsageSource.DIRECT, Optional.empty()))));
    }
  }

  @Test
  void models_of_prices_in_force_and_of_usage_are_each_listed_once_in_order() {
    script.known(INFERENCE).price(ONE, INFERENCE, price("model-b", 1, 3, "")).price(ONE, NEXT, price("old", 1, 3, ""))
        .price(TWO, INFERENCE, price("model-d", 1, 3, "")).seal();
    script.price(ONE, NEXT, price("model-c", 1, 3, "")).price(TWO, INFERENCE, Optional.empty());
    used(TWO, INFERENCE, "model-a", "model-c", "model-e");
    used(TWO, ServiceName.of("misspelt"), "model-of-nobody");
    script.seal();
    fixture.process(script.records());
    for (int limit = 1; limit <= 5; limit++) {
      List<ModelsPage.Line> lines = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        ModelsPage page = page(limit, cursor);
        assertThat(page.hasMore()).isEqualTo(page.nextCursor().isPresent());
        lines.addAll(page.data());
        cursor = page.nextCursor();
      } while (cursor.isPresent());
      assertThat(lines).extracting(each -> each.id().value()).as("limit " + limit)
          .containsExactly("model-a", "model-b", "model-c", "model-e");
    }
    assertThat(models().getFirst()).isEqualTo(new ModelsPage.Line(new ModelName("model-a"), Optional.empty(),
        Optional.empty(), 0, Optional.empty(), Optional.of(HOUR)));
    assertThat(models().get(1)).isEqualTo(new ModelsPage.Line(new ModelName("model-b"), Optional.of("chatbot"),
        Optional.of(new ModelsPage.Pricing(neuron(1), neuron(3), Optional.empty(), List.of())), 1,
        Optional.of("TeeML"), Optional.empty()));
    assertThat(models().get(2).lastUsedHour()).contains(HOUR);
  }

  @Test
  void the_last_hour_of_use_is_that_of_any_provider() {
    script.known(INFERENCE).seal();
    Instant later = Chain.blockTime(1).plus(5, ChronoUnit.HOURS);
    SubAccountId early = new SubAccountId(Wallets.wallet(1), TWO, INFERENCE);
    SubAccountId late = new SubAccountId(Wallets.wallet(1), ONE, INFERENCE);
    script.add(new Meters().recorded(late, List.of(Meters.line("r-1", later, 3))));
    script.add(new Meters().recorded(early, List.of(Meters.line("r-2", Chain.blockTime(1), 3)))).seal();
    fixture.process(script.records());
    assertThat(models()).singleElement().satisfies(model ->
        assertThat(model.lastUsedHour()).contains(later.truncatedTo(ChronoUnit.HOURS)));
  }

  @Test
  void the_prices_are_those_of_the_cheapest_provider_with_all_its_tiers() {
    script.price(ONE, INFERENCE, price("model-a", 100, 400, ""))
        .price(TWO, INFERENCE, price("model-a", 200, 300, """
            {"cacheTokenBilling": {"divisor": 10}, "tieredPricing": {"tiers": [
              {"maxInputTokens": 1000}, {"inputMultiplier": 2, "outputMultiplier": 3}]}}"""))
        .price(TWO, NEXT, price("model-a", 200, 500, "")).seal();
    fixture.process(script.records());
    assertThat(models().getFirst().providerCount()).as("one has two services").isEqualTo(2);
    assertThat(only()).isEqualTo(new ModelsPage.Pricing(neuron(200), neuron(300), Optional.of(neuron(20)), List.of(
        new ModelsPage.Tier(Optional.of(1000L), neuron(200), neuron(300), Optional.of(neuron(20))),
        new ModelsPage.Tier(Optional.empty(), neuron(400), neuron(900), Optional.of(neuron(40))))));
  }

  /** In dollars, of several models, or with JSON of no known form: the amount in neuron is not what is charged. */
  @Test
  void a_price_that_is_not_exact_is_not_shown_as_one() {
    script.price(ONE, INFERENCE, price("model-a", 1, 1, "{\"priceDenomination\":\"USD\"}"))
        .price(ONE, NEXT, price("model-a", 1, 1, "{\"MultiModel\":true}"))
        .price(TWO, NEXT, price("model-a", 1, 1, "[]")).seal();
    fixture.process(script.records());
    assertThat(models()).singleElement().isEqualTo(new ModelsPage.Line(new ModelName("model-a"),
        Optional.of("chatbot"), Optional.empty(), 2, Optional.of("TeeML"), Optional.empty()));
  }

  @Test
  void an_exact_price_is_shown_before_a_cheaper_one_that_is_not() {
    script.price(ONE, INFERENCE, price("model-a", 1, 1, "{\"priceDenomination\":\"USD\"}"))
        .price(TWO, INFERENCE, price("model-a", 5, 6, "")).seal();
    fixture.process(script.records());
    assertThat(only().completion()).isEqualTo(neuron(6));
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    fixture.process(script.seal().records());
    for (String cursor : List.of("", "x", Page.cursor("models1", "model-a"), Page.cursor("models2", "a", "b"))) {
      assertThatThrownBy(() -> page(1, Optional.of(cursor))).as(cursor).isInstanceOf(BadCursor.class);
    }
  }
}
