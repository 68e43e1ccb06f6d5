package io.neuronledger.query.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.reconciliation.ReconciliationAnswer;
import io.neuronledger.contracts.view.reconciliation.ReconciliationRun;
import io.neuronledger.contracts.view.reconciliation.ReconciliationsPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two owners are compared at each block; the script's restatements belong to the run {@code run-1}. */
class ReconciliationIT {
  private static final WalletAddress ONE = Wallets.wallet(1);
  private static final WalletAddress TWO = Wallets.wallet(2);

  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private final ReconciliationQueries queries = new ReconciliationQueries();
  private int processed;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_run_is_listed_after_the_next_seal_with_the_number_of_equal_owners() {
    script.deposit(ONE, Neuron.parse("5")).deposit(TWO, Neuron.parse("6")).seal();
    ended("run-1", 1, "11", "11");
    assertThat(runs()).isEmpty();
    script.seal();

    ReconciliationRun run = runs().getFirst();
    assertThat(run.owners()).isEqualTo(2);
    assertThat(run.equal()).isEqualTo(2);
    assertThat(run.different()).isZero();
    assertThat(run.block()).isEqualTo(1);
    assertThat(run.covered()).isTrue();
    assertThat(answer("run-1").differences()).isEmpty();
  }

  @Test
  void a_difference_has_its_entry_and_postings() {
    script.deposit(ONE, Neuron.parse("5")).deposit(TWO, Neuron.parse("6")).seal();
    script.restate(TWO, new LedgerState(true, Neuron.parse("4"), List.of()));
    ended("run-1", 1, "8", "9");
    script.seal();

    ReconciliationAnswer answer = answer("run-1");
    assertThat(answer.run().different()).isEqualTo(1);
    assertThat(answer.run().equal()).isEqualTo(1);
    assertThat(answer.run().covered()).isFalse();
    assertThat(answer.differences()).singleElement().satisfies(difference -> {
      assertThat(difference.owner()).isEqualTo(TWO);
      assertThat(difference.entry()).isEqualTo("0-4");
      assertThat(difference.postings()).extracting(posting -> posting.account() + " " + posting.amount())
          .containsExactlyInAnyOrder("ledger:" + TWO + " -2", "outside 2");
    });
  }

  /** Another partition has sealed the run's block but has not published its differences yet. */
  @Test
  void a_run_is_listed_once_it_has_ended_in_every_partition() {
    try (QueryFixture two = new QueryFixture(2)) {
      WalletAddress elsewhere = Wallets.inPartition(1, 0, two.partitions());
      AccountEventScript first = AccountEventScript.started(0, 2).seal();
      first.add(end("run-1", 1, first.branch(), "9", "9")).seal();
      AccountEventScript second = AccountEventScript.started(1, 2).deposit(elsewhere, Neuron.parse("5")).seal();
      two.process(first.records());
      two.process(second.records());
      assertThat(runs(two)).isEmpty();

      int published = second.records().size();
      second.restate(elsewhere, new LedgerState(true, Neuron.parse("4"), List.of()));
      second.add(end("run-1", 1, second.branch(), "9", "9")).seal();
      two.process(second.records().subList(published, second.records().size()));
      assertThat(runs(two)).singleElement().satisfies(run -> assertThat(run.different()).isEqualTo(1));
    }
  }

  @Test
  void a_fork_marks_a_run_as_retracted_and_its_name_can_be_reused() {
    script.deposit(ONE, Neuron.parse("5")).seal().deposit(TWO, Neuron.parse("6")).seal();
    script.restate(TWO, new LedgerState(true, Neuron.parse("4"), List.of()));
    ended("run-1", 2, "9", "9");
    script.seal().retract(2).deposit(TWO, Neuron.parse("6")).seal();
    assertThat(runs()).singleElement().satisfies(run -> {
      assertThat(run.retracted()).isTrue();
      assertThat(run.different()).isEqualTo(1);
    });

    ended("run-1", 2, "11", "11");
    assertThat(answer("run-1").run().retracted()).as("until the repeated run is sealed").isTrue();
    script.seal();
    assertThat(runs()).extracting(ReconciliationRun::retracted).containsExactly(false, true);
    assertThat(answer("run-1").run().retracted()).isFalse();
    assertThat(answer("run-1").differences()).isEmpty();
  }

  @Test
  void pages_have_each_run_and_each_difference_once() {
    for (int i = 1; i <= 5; i++) {
      script.deposit(ONE, Neuron.parse("5")).seal();
      ended("run-" + i, i, "5", "5");
    }
    script.restate(ONE, new LedgerState(true, Neuron.parse("4"), List.of()));
    script.restate(TWO, new LedgerState(true, Neuron.parse("3"), List.of()));
    ended("run-1", 5, "7", "7");
    script.seal();
    List<String> paged = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ReconciliationsPage page = page(new Page(2, cursor));
      page.runs().forEach(run -> paged.add(run.run() + "@" + run.block()));
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    assertThat(paged).containsExactly("run-1@5", "run-5@5", "run-4@4", "run-3@3", "run-2@2", "run-1@1");
    ReconciliationAnswer first = answer("run-1", new Page(1, Optional.empty()));
    ReconciliationAnswer second = answer("run-1", new Page(1, first.nextCursor()));
    assertThat(first.differences().getFirst().owner()).isEqualTo(ONE);
    assertThat(second.differences().getFirst().owner()).isEqualTo(TWO);
    assertThat(second.nextCursor()).isEmpty();
  }

  @Test
  void an_unknown_name_and_a_foreign_cursor_are_refused() {
    script.seal();
    assertRefused(ProblemCode.RECONCILIATION_NOT_FOUND, "none", Optional.empty());
    ended("run-1", 1, "0", "0");
    script.seal();
    assertRefused(ProblemCode.BAD_CURSOR, "run-1", Optional.of("x"));
    assertRefused(ProblemCode.BAD_CURSOR, "run-1", Optional.of(Page.cursor("restatements1", "0x12", "1")));
    assertThatThrownBy(() -> page(new Page(1, Optional.of(Page.cursor("reconciliations1", "a", "1")))))
        .isInstanceOf(Refusal.class);
  }

  private void assertRefused(ProblemCode refusal, String run, Optional<String> cursor) {
    assertThatThrownBy(() -> answer(run, new Page(1, cursor))).isInstanceOfSatisfying(Refusal.class,
        refused -> assertThat(refused.code()).isEqualTo(refusal));
  }

  private void ended(String run, long block, String held, String owed) {
    script.add(end(run, block, script.branch(), held, owed));
  }

  private static PartitionEvent end(String run, long block, int branch, String held, String owed) {
    return new PartitionEvent.ReconciliationEnded(run, block, Chain.blockHash(block, branch), Chain.blockTime(block),
        branch,
        2, Neuron.parse(held), Neuron.parse(owed));
  }

  private List<ReconciliationRun> runs(QueryFixture of) {
    return of.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> queries.page(new Page(500, Optional.empty()), asOf, db)).runs();
  }

  private List<ReconciliationRun> runs() {
    return page(new Page(500, Optional.empty())).runs();
  }

  private ReconciliationsPage page(Page page) {
    process();
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> queries.page(page, asOf, db));
  }

  private ReconciliationAnswer answer(String run) {
    return answer(run, new Page(500, Optional.empty()));
  }

  private ReconciliationAnswer answer(String run, Page page) {
    process();
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> queries.one(run, page, asOf, db));
  }

  private void process() {
    fixture.process(script.records().subList(processed, script.records().size()));
    processed = script.records().size();
  }
}
