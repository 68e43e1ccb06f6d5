package io.neuronledger.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.price.PriceCheck;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The history compares each request with the price in force when it was completed. Blocks are ten minutes apart. */
class PriceCheckIT {
  private static final SubAccountId ID =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));
  private static final SubAccountId OTHER =
      new SubAccountId(ID.owner(), Wallets.wallet(8), ServiceName.of("inference-v1.0"));

  private final QueryFixture fixture = new QueryFixture(1);
  private final Meters meters = new Meters();
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private int processed;

  @AfterEach
  void close() {
    fixture.close();
  }

  private PriceCheckIT price(SubAccountId id, String price) {
    script.price(id.provider(), id.service(), Optional.of(new ServicePrice("text-to-image", "https://gpu.example",
        Optional.of("model-a"), Neuron.ZERO, Optional.of(Neuron.parse(price)), Optional.empty(), Optional.of(""))))
        .seal();
    return this;
  }

  private PriceCheckIT report(SubAccountId id, String request, int minute, String price, UsageSource source) {
    script.add(meters.recorded(id, List.of(Meters.line(request, Chain.GENESIS.plusSeconds(60L * minute), "model-a",
        new Units.Images(2, Neuron.parse(price)), source, Optional.empty()))));
    return this;
  }

  private void process() {
    fixture.process(script.records().subList(processed, script.records().size()));
    processed = script.records().size();
  }

  /** Each as its id and the check; the oldest first. */
  private List<String> checks(BlockSelector selector) {
    return fixture.ownerReads().answer(ID.owner(), selector, (at, db) -> new UsageQueries().page(ID.owner(),
            UsageFilter.all(), RequestFilter.ANY, Caller.LOCAL, new Page(10, Optional.empty()), at, db))
        .usage().reversed().stream()
        .map(line -> line.request().requestId() + line.priceCheck().map(PriceCheckIT::text).orElse(" none")).toList();
  }

  private static String text(PriceCheck check) {
    return " " + check.state() + check.reason().map(reason -> " " + reason).orElse("") + check.published()
        .map(prices -> " " + prices.outputPrice() + " since " + prices.since()).orElse("");
  }

  @Test
  void a_request_is_compared_with_the_price_in_force_at_its_completion() {
    price(ID, "50").price(OTHER, "70").price(ID, "60").report(ID, "before", 9, "50", UsageSource.DIRECT)
        .report(ID, "at-first", 10, "50", UsageSource.DIRECT).report(OTHER, "other", 22, "70", UsageSource.DIRECT)
        .report(ID, "old", 29, "50", UsageSource.DIRECT).report(ID, "changed", 30, "50", UsageSource.DIRECT)
        .report(ID, "new", 31, "60", UsageSource.DIRECT).process();

    assertThat(checks(QueryFixture.NOW)).containsExactly("before UNKNOWN NO_PRICE", "at-first EQUAL 50 since 1",
        "other EQUAL 70 since 2", "old EQUAL 50 since 1", "changed DIFFERS 60 since 3", "new EQUAL 60 since 3");
  }

  @Test
  void usage_through_a_router_is_not_compared() {
    price(ID, "50").report(ID, "routed", 11, "49", UsageSource.ROUTER)
        .report(ID, "direct", 12, "50", UsageSource.DIRECT).report(ID, "again", 13, "51", UsageSource.ROUTER).process();

    assertThat(checks(QueryFixture.NOW)).containsExactly("routed none", "direct EQUAL 50 since 1", "again none");
  }

  @Test
  void a_price_that_was_withdrawn_is_not_compared() {
    price(ID, "50");
    script.price(ID.provider(), ID.service(), Optional.empty()).seal();
    report(ID, "late", 21, "50", UsageSource.DIRECT).process();

    assertThat(checks(QueryFixture.NOW)).containsExactly("late UNKNOWN NO_PRICE");
  }

  @Test
  void a_fork_takes_a_price_and_its_difference_back() {
    price(ID, "50").price(ID, "60").report(ID, "r", 25, "50", UsageSource.DIRECT).process();
    assertThat(checks(QueryFixture.NOW)).containsExactly("r DIFFERS 60 since 2");

    script.retract(2).seal();
    process();
    assertThat(checks(QueryFixture.NOW)).containsExactly("r EQUAL 50 since 1");
  }
}
