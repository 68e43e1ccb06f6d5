package io.neuronledger.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.contracts.view.usage.UsagePage;
import io.neuronledger.contracts.view.usage.UsageStats;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A report that was reversed: shown in the history, and in no sum. */
class ReversalIT {
  private static final SubAccountId METER =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));
  private static final Instant WHEN = Chain.GENESIS.plusSeconds(30);

  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1).known(METER.service());
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

  private <T> T ask(OwnerReads.Question<T> question) {
    return fixture.ownerReads().answer(METER.owner(), QueryFixture.NOW, question);
  }

  private List<UsagePage.Line> history() {
    return history(Caller.LOCAL);
  }

  private List<UsagePage.Line> history(Caller caller) {
    return ask((at, db) -> new UsageQueries().page(METER.owner(), UsageFilter.all(),
        RequestFilter.ANY, caller, new Page(10, Optional.empty()), at, db)).usage();
  }

  private UsageStats stats() {
    return ask((at, db) -> new StatsQueries().stats(METER.owner(), UsageFilter.all(), at, db));
  }

  private static UsageLine replacement(String request, String replaced, long fee) {
    Units units = new Units.Images(1, Neuron.parse(String.valueOf(fee)));
    UsageLine line = Meters.line(request, WHEN, "model-b", units, UsageSource.DIRECT, Optional.empty());
    return new UsageLine(line.requestId(), line.model(), line.units(), line.fee(), line.when(), line.source(),
        line.apiKeyId(), Optional.of(new RequestId(replaced)));
  }

  @Test
  void a_reversed_report_is_shown_with_its_replacement_and_counts_nowhere() {
    UsageLine wrong = Meters.line("wrong", WHEN, 100);
    script.seal().add(meters.recorded(METER, List.of(wrong, Meters.line("other", WHEN, 5))));
    deliver();
    script.add(meters.reversed(METER, wrong, Optional.of("right")));
    script.add(meters.recorded(METER, List.of(replacement("right", "wrong", 70))));
    deliver();

    assertThat(history()).extracting(line -> line.request().requestId().value())
        .containsExactly("wrong", "right", "other");
    UsageEntry shown = history().getFirst().request();
    assertThat(shown.fee()).isEqualTo(wrong.fee());
    assertThat(shown.reversal()).contains(new UsageEntry.Reversal("wrong price", Optional.of(new RequestId("right")),
        Optional.of("finance"), PartitionStream.RECORDED_AT));
    assertThat(history().get(1).request().replaces()).contains(new RequestId("wrong"));
    assertThat(history().get(1).request().reversal()).isEmpty();
    assertThat(stats().total().requests()).isEqualTo(2);
    assertThat(stats().total().cost()).hasToString("75");
  }

  @Test
  void finance_alone_learns_who_reversed_a_report() {
    UsageLine wrong = Meters.line("wrong", WHEN, 100);
    script.seal().add(meters.recorded(METER, List.of(wrong)));
    script.add(meters.reversed(METER, wrong, Optional.empty()));
    deliver();

    for (Scope scope : Scope.values()) {
      Caller caller = new Caller("a", Caller.Credential.OIDC_TOKEN, Set.of(scope), Optional.of(METER.owner()),
          Optional.of(METER.provider()));
      assertThat(history(caller).getFirst().request().reversal().orElseThrow().by()).as(scope.tag())
          .isEqualTo(scope == Scope.FINANCE_READ ? Optional.of("finance") : Optional.empty());
    }
  }

  /** In one batch and in many, the rows are the same; and no row of zeros is left. */
  @Test
  void usage_that_is_all_reversed_leaves_neither_a_day_nor_a_model() {
    UsageLine wrong = Meters.line("wrong", WHEN, 100);
    script.seal().add(meters.recorded(METER, List.of(wrong)));
    script.add(meters.reversed(METER, wrong, Optional.empty()));
    deliver();

    assertThat(stats().days()).isEmpty();
    assertThat(stats().models()).isEmpty();
    assertThat(stats().total().cost()).hasToString("0");
    assertThat(history()).singleElement().satisfies(line ->
        assertThat(line.request().reversal().orElseThrow().replacedBy()).isEmpty());
  }
}
