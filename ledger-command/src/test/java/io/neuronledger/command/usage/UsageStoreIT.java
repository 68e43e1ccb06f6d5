package io.neuronledger.command.usage;

import static io.neuronledger.command.fixture.Reports.report;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.FailingDataSource;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.foundation.problem.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage in the store: a request's row commits with its event, needs no sub-account, and no fork reverts it. */
class UsageStoreIT {
  private static final int CALLS_AT_LEAST = 5;

  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));
  private final List<FailingDataSource> database = new ArrayList<>();

  private DataSource failing(DataSource source, boolean afterwards) {
    database.add(new FailingDataSource(source, afterwards));
    return database.getLast();
  }

  private static List<UsageEvent.UsageRecorded> recorded(CommandFixture instance) {
    List<UsageEvent.UsageRecorded> recorded = new ArrayList<>();
    for (AccountEvent event : instance.events(0)) {
      if (event instanceof UsageEvent.UsageRecorded usage) {
        recorded.add(usage);
      }
    }
    return recorded;
  }

  private static List<RequestId> requests(CommandFixture instance) {
    return recorded(instance).stream().flatMap(each -> each.lines().stream()).map(UsageLine::requestId).toList();
  }

  private static NeuronSum direct(CommandFixture instance) {
    return recorded(instance).getLast().direct().fees();
  }

  /** A row without its event would lose usage; an event without its row would count it twice. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void when_any_call_of_the_database_fails_row_and_event_fail_together(boolean afterwards) {
    List<UsageReport> reports = List.of(report("r-1", 3), report("r-2", 4), report("r-1", 3));
    int failures = 0;
    boolean failed = true;
    while (failed) {
      ScriptedPartitions partitions = new ScriptedPartitions(new Partitions(1));
      try (CommandFixture instance =
          CommandFixture.on(Servers.freshSchema(), 1, source -> failing(source, afterwards))) {
        instance.record(partitions.seal().drain());
        database.getLast().failAt(failures + 1);
        failed = recordedAtLast(instance, reports, database.getLast());
        assertThat(requests(instance)).containsExactly(new RequestId("r-1"), new RequestId("r-2"));
        assertThat(direct(instance)).isEqualTo(NeuronSum.parse("7"));
        assertThat(instance.jdbc().sql("SELECT count(*) FROM accepted_request").query(Integer.class).single())
            .isEqualTo(2);
      }
      failures += failed ? 1 : 0;
    }
    assertThat(failures).isGreaterThanOrEqualTo(CALLS_AT_LEAST);
  }

  /** @return whether the failure happened before the end */
  private static boolean recordedAtLast(CommandFixture instance, List<UsageReport> reports, FailingDataSource source) {
    while (true) {
      try {
        instance.usage().record(reports);
        return source.hasFailed();
      } catch (RuntimeException e) {
        assertThat(source.hasFailed()).as("an unexpected exception: %s", e).isTrue();
      }
    }
  }

  /** The newest block is what the store has recorded last, in whatever partition. */
  @Test
  void a_request_that_is_completed_later_than_now_is_refused_alone() {
    Instant soon = Instant.parse("2099-06-01T00:00:00Z");
    try (CommandFixture instance = CommandFixture.on(Servers.freshSchema(), 1)) {
      instance.record(chain.seal().drain());
      assertThat(instance.usage().record(List.of(at("late", soon), report("now", 1)))).satisfiesExactly(
          late -> assertThat(late).isInstanceOfSatisfying(UsageOutcome.Refused.class,
              refused -> assertThat(refused.code()).isEqualTo(ProblemCode.COMPLETED_IN_FUTURE)),
          now -> assertThat(now).isEqualTo(new UsageOutcome.Recorded()));

      instance.record(chain.at(soon).seal().drain());
      assertThat(instance.usage().record(List.of(at("late", soon), at("later", soon.plusMillis(1)))))
          .satisfiesExactly(late -> assertThat(late).isEqualTo(new UsageOutcome.Recorded()),
              later -> assertThat(later).isInstanceOf(UsageOutcome.Refused.class));
    }
  }

  private static UsageReport at(String id, Instant when) {
    UsageReport report = report(id, 1);
    return new UsageReport(report.requestId(), report.owner(), report.provider(), report.service(), report.model(),
        report.units(), report.fee(), when, report.source(), report.apiKeyId());
  }

  @Test
  void a_report_before_its_sub_account_opens_counts_on_its_meter() {
    try (CommandFixture instance = CommandFixture.on(Servers.freshSchema(), 1)) {
      instance.record(chain.seal().drain());
      instance.usage().record(List.of(report("early", 3)));
      assertThat(instance.ledger(ALICE)).isEqualTo(Ledger.CLOSED);

      instance.record(chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).seal().drain());
      instance.usage().record(List.of(report("later", 4)));

      assertThat(instance.ledger(ALICE).subAccounts()).containsOnlyKeys(recorded(instance).getFirst().subAccount());
      assertThat(requests(instance)).extracting(RequestId::value).containsExactly("early", "later");
      assertThat(direct(instance)).isEqualTo(NeuronSum.parse("7"));
    }
  }

  /** The usage that the settlement covered is unsettled again: a fork reverts the fees, not the reports. */
  @Test
  void usage_covered_by_a_retracted_settlement_is_unsettled_again() {
    try (CommandFixture instance = CommandFixture.on(Servers.freshSchema(), 1)) {
      instance.record(chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).seal().drain());
      instance.usage().record(List.of(report("r-1", 3)));
      instance.record(chain.fact(settle(ALICE, "1", "1")).seal().drain());
      instance.usage().record(List.of(report("r-2", 4)));
      assertThat(instance.ledger(ALICE).locked()).isEqualTo(coins("4"));

      instance.record(chain.retract(2, chain.blockTime()).seal().drain());

      assertThat(instance.ledger(ALICE).locked()).isEqualTo(coins("5"));
      assertThat(requests(instance)).extracting(RequestId::value).containsExactly("r-1", "r-2");
      assertThat(direct(instance)).isEqualTo(NeuronSum.parse("7"));
      LedgerEvent.LedgerRewound rewound = (LedgerEvent.LedgerRewound) instance.events(ALICE).getLast();
      assertThat(rewound.fromBlock()).isEqualTo(2);
      assertThat(rewound.postings()).extracting(each -> each.account().split(":", 2)[0])
          .containsExactlyInAnyOrder("provider", "sub-account");
    }
  }
}
