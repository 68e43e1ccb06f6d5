package io.neuronledger.query.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PricesPage;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The prices in force at each block, through forks. */
class PricesIT {
  private static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  private static final ServiceName NEXT = ServiceName.of("inference-v2.0");
  private static final WalletAddress ONE = Wallets.wallet(70);
  private static final WalletAddress TWO = Wallets.wallet(71);
  private static final PriceFilter ALL = new PriceFilter(Optional.empty(), Optional.empty(), Optional.empty());

  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private int processed;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void process() {
    fixture.process(script.records().subList(processed, script.records().size()));
    processed = script.records().size();
  }

  private static Optional<ServicePrice> price(String model, long input) {
    return Optional.of(new ServicePrice("chatbot", "https://gpu.example", Optional.of(model),
        Neuron.parse(String.valueOf(input)), Optional.of(Neuron.parse("300")), Optional.of("TeeML"),
        Optional.of("{\"cacheTokenBilling\":{\"divisor\":10}}")));
  }

  private static BlockSelector at(long block) {
    return new BlockSelector(OptionalLong.of(block), Optional.empty(), OptionalLong.empty(), false, Duration.ZERO);
  }

  private PricesPage page(PriceFilter filter, Page page, BlockSelector selector) {
    return fixture.globalReads().answer(selector, (asOf, db) -> new PriceQueries().page(filter, page, asOf, db));
  }

  /** Each as provider, input price and its first block. */
  private List<String> prices(PriceFilter filter, BlockSelector selector) {
    return page(filter, new Page(500, Optional.empty()), selector).prices().stream().map(PricesIT::line).toList();
  }

  private static String line(PriceView price) {
    return (price.provider().equals(ONE) ? "one" : "two") + " " + price.inputPrice() + " since " + price.since();
  }

  @Test
  void each_block_has_the_prices_in_force_there() {
    script.price(ONE, INFERENCE, price("model-a", 100)).seal().price(TWO, INFERENCE, price("model-a", 50)).seal()
        .price(ONE, INFERENCE, price("model-a", 90)).price(ONE, INFERENCE, price("model-a", 80)).seal()
        .price(TWO, INFERENCE, Optional.empty()).seal();
    process();
    assertThat(prices(ALL, at(1))).containsExactly("one 100 since 1");
    assertThat(prices(ALL, at(2))).containsExactly("one 100 since 1", "two 50 since 2");
    assertThat(prices(ALL, at(3))).as("the last of the block").containsExactly("one 80 since 3", "two 50 since 2");
    assertThat(prices(ALL, at(4))).as("one withdrew").containsExactly("one 80 since 3");
    assertThat(prices(ALL, QueryFixture.NOW)).containsExactly("one 80 since 3");
    PriceView view = page(ALL, new Page(1, Optional.empty()), at(1)).prices().getFirst();
    assertThat(view.cachedInputPrice()).contains(Neuron.parse("10"));
    assertThat(view.sinceTime()).isEqualTo(Chain.blockTime(1));
  }

  @Test
  void a_fork_takes_a_price_back_with_its_block() {
    script.price(ONE, INFERENCE, price("model-a", 100)).seal().price(ONE, INFERENCE, price("model-a", 200)).seal();
    process();
    assertThat(prices(ALL, QueryFixture.NOW)).containsExactly("one 200 since 2");
    script.retract(2).seal();
    process();
    assertThat(prices(ALL, QueryFixture.NOW)).containsExactly("one 100 since 1");
    script.price(ONE, INFERENCE, price("model-a", 300)).seal().retract(3)
        .price(ONE, INFERENCE, price("model-a", 400)).seal();
    process();
    assertThat(prices(ALL, QueryFixture.NOW)).as("taken back in the same batch").containsExactly("one 400 since 3");
  }

  @Test
  void prices_are_found_by_provider_service_and_model() {
    script.price(ONE, INFERENCE, price("model-a", 1)).price(ONE, NEXT, price("model-b", 2))
        .price(TWO, INFERENCE, price("a name\0 that usage cannot have", 3)).seal();
    process();
    assertThat(prices(new PriceFilter(Optional.of(ONE), Optional.empty(), Optional.empty()), QueryFixture.NOW))
        .containsExactly("one 1 since 1", "one 2 since 1");
    assertThat(prices(new PriceFilter(Optional.empty(), Optional.of(INFERENCE), Optional.empty()), QueryFixture.NOW))
        .containsExactly("one 1 since 1", "two 3 since 1");
    assertThat(prices(new PriceFilter(Optional.empty(), Optional.empty(), Optional.of(new ModelName("model-b"))),
        QueryFixture.NOW)).containsExactly("one 2 since 1");
    assertThat(fixture.globalReads().<List<PriceView>>answer(QueryFixture.NOW,
        (asOf, db) -> new PriceQueries().of(List.of(new ModelName("model-a")), asOf, db))).hasSize(1);
  }

  /** The model is of the price in force: an earlier one of the provider is offered no longer. */
  @Test
  void a_model_that_was_replaced_is_not_found() {
    script.price(ONE, INFERENCE, price("model-a", 1)).seal().price(ONE, INFERENCE, price("model-b", 2)).seal();
    process();
    assertThat(prices(new PriceFilter(Optional.empty(), Optional.empty(), Optional.of(new ModelName("model-a"))),
        QueryFixture.NOW)).isEmpty();
  }

  @Test
  void pages_name_every_price_once() {
    script.price(ONE, INFERENCE, price("model-a", 1)).price(ONE, NEXT, price("model-a", 2))
        .price(TWO, INFERENCE, Optional.empty()).price(TWO, NEXT, price("model-a", 3)).seal();
    process();
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      PricesPage page = page(ALL, new Page(1, cursor), QueryFixture.NOW);
      page.prices().forEach(each -> seen.add(line(each)));
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    assertThat(seen).containsExactlyInAnyOrder("one 1 since 1", "one 2 since 1", "two 3 since 1");
  }
}
