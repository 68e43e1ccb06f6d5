package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static io.neuronledger.query.db.Tables.USAGE_METER;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.contracts.view.usage.UsageEntry.SetApart;
import io.neuronledger.contracts.view.usage.UsageState;
import io.neuronledger.contracts.view.usage.UsageStats;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Usage of a service that the chain does not know: shown, and in no sum until there is such a service. */
class SetApartIT {
  private static final ServiceName SERVICE = ServiceName.of("inference-v9.9");
  private static final SubAccountId METER = new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), SERVICE);
  private static final Neuron MONEY = Neuron.parse("1000");

  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private final Meters meters = new Meters();
  private int delivered;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void deliver() {
    List<AccountRecord> records = script.records();
    fixture.process(records.subList(delivered, records.size()));
    delivered = records.size();
  }

  private List<UsageEntry> history(UsageState... states) {
    return fixture.ownerReads().answer(METER.owner(), QueryFixture.NOW, (at, db) -> new UsageQueries()
        .page(METER.owner(), UsageFilter.all(), new RequestFilter(Optional.empty(), Set.of(states)),
            Caller.LOCAL, new Page(10, Optional.empty()), at, db)).usage().stream().map(line -> line.request())
        .toList();
  }

  private UsageStats stats() {
    return fixture.ownerReads().answer(METER.owner(), QueryFixture.NOW,
        (at, db) -> new StatsQueries().stats(METER.owner(), UsageFilter.all(), at, db));
  }

  private void assertSums(String counted, String setApart) {
    assertThat(stats().total().cost()).as("counted").hasToString(counted);
    assertThat(stats().setApart().cost()).as("set apart").hasToString(setApart);
    assertThat(fixture.db().selectFrom(USAGE_METER).fetch(USAGE_METER.USED)).as("meter")
        .allSatisfy(used -> assertThat(used).hasToString(counted));
  }

  private static UsageLine at(String request, Instant when, long fee) {
    return Meters.line(request, when, fee);
  }

  @Test
  void a_request_of_an_unknown_service_joins_with_it_and_a_fork_sets_it_apart_again() {
    script.deposit(METER.owner(), MONEY).seal();
    script.add(meters.recorded(METER, List.of(at("r", Chain.blockTime(9), 100))));
    deliver();
    assertThat(history()).singleElement().satisfies(shown -> {
      assertThat(shown.state()).isEqualTo(UsageState.SET_APART);
      assertThat(shown.setApart()).contains(SetApart.SERVICE_UNKNOWN);
    });
    assertThat(stats().days()).isEmpty();
    assertThat(stats().models()).isEmpty();
    assertThat(fixture.db().fetchCount(USAGE_HOUR)).isZero();
    assertSums("0", "100");

    script.lockPeriod(SERVICE, Duration.ofHours(1)).seal();
    deliver();
    assertThat(history()).singleElement().satisfies(shown -> {
      assertThat(shown.state()).isEqualTo(UsageState.COUNTED);
      assertThat(shown.setApart()).isEmpty();
    });
    assertThat(stats().models()).hasSize(1);
    assertSums("100", "0");

    script.retract(2);
    deliver();
    assertThat(history().getFirst().setApart()).contains(SetApart.SERVICE_UNKNOWN);
    assertThat(fixture.db().fetchCount(USAGE_HOUR)).isZero();
    assertSums("0", "100");
  }

  @Test
  void a_request_counts_from_the_second_of_the_registering_block_on() {
    script.seal().lockPeriod(SERVICE, Duration.ofHours(1)).seal();
    Instant since = Chain.blockTime(2);
    UsageLine before = at("before", since.minus(1, ChronoUnit.MICROS), 20);
    script.add(meters.recorded(METER, List.of(at("at", since, 1), before)));
    deliver();
    assertThat(history(UsageState.COUNTED)).extracting(shown -> shown.requestId().value()).containsExactly("at");
    assertThat(history(UsageState.SET_APART)).extracting(shown -> shown.requestId().value()).containsExactly("before");
    assertThat(history(UsageState.SET_APART).getFirst().setApart()).contains(SetApart.BEFORE_SERVICE);
    assertThat(history(UsageState.SET_APART, UsageState.COUNTED)).hasSize(2);
    assertSums("1", "20");
  }

  @Test
  void a_later_lock_period_is_no_registration() {
    script.seal().lockPeriod(SERVICE, Duration.ofHours(1)).seal().lockPeriod(SERVICE, Duration.ofHours(2)).seal();
    script.add(meters.recorded(METER, List.of(at("r", Chain.blockTime(2), 1))));
    deliver();
    assertSums("1", "0");
  }

  @Test
  void what_the_first_block_followed_names_may_be_older() {
    script.lockPeriod(SERVICE, Duration.ofHours(1)).seal();
    script.add(meters.recorded(METER, List.of(at("r", Chain.GENESIS.minusSeconds(1), 1))));
    deliver();
    assertSums("1", "0");
  }

  @Test
  void a_sub_account_of_anybody_in_the_partition_names_its_service() {
    SubAccountId other = new SubAccountId(Wallets.wallet(2), Wallets.wallet(8), SERVICE);
    script.add(meters.recorded(METER, List.of(at("r", Chain.GENESIS.minusSeconds(1), 7))));
    script.deposit(other.owner(), MONEY).seal();
    deliver();
    assertSums("0", "7");
    script.transfer(other, MONEY).seal();
    deliver();
    assertSums("7", "0");
    script.retract(2);
    deliver();
    assertSums("0", "7");
  }

  @Test
  void a_report_that_is_taken_back_is_not_set_apart_any_more() {
    UsageLine wrong = Meters.line("wrong", Chain.blockTime(9), "m", at("x", Chain.GENESIS, 5).units(),
        UsageSource.ROUTER, Optional.empty());
    script.seal().add(meters.recorded(METER, List.of(wrong, at("right", Chain.blockTime(9), 3))));
    deliver();
    script.add(meters.reversed(METER, wrong, Optional.empty()));
    deliver();
    assertThat(history(UsageState.REVERSED)).extracting(shown -> shown.setApart()).containsExactly(Optional.empty());
    assertSums("0", "3");
    script.lockPeriod(SERVICE, Duration.ofHours(1)).seal();
    deliver();
    assertSums("3", "0");
  }
}
