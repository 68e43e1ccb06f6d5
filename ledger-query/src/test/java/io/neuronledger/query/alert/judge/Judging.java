package io.neuronledger.query.alert.judge;

import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertKind;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.query.alert.store.AlertRules;
import io.neuronledger.query.alert.store.AlertStore;
import io.neuronledger.query.alert.store.AlertStore.Wanted;
import io.neuronledger.query.discrepancy.DiscrepancyQueries;
import io.neuronledger.query.discrepancy.SettlementIntervals;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.request.Page;
import io.neuronledger.testkit.servers.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Rules and a judge over the read model of a fixture, with a clock that goes with the chain. */
public final class Judging implements AutoCloseable {
  /** No whole look comes by itself. */
  static final Duration NEVER = Duration.ofDays(10_000);

  final QueryFixture fixture;
  final ManualClock clock = new ManualClock();
  final AlertStore store;
  final AlertRules rules;
  final AlertJudge judge;

  public Judging(int partitions, Duration wholeEvery, int activeMax) {
    fixture = new QueryFixture(partitions);
    store = new AlertStore(fixture.beside(), fixture.partitions(), QueryFixture.JSON);
    rules = new AlertRules(fixture.beside(), QueryFixture.JSON);
    store.prepare(fixture.db());
    judge = judge(wholeEvery, activeMax);
  }

  /** Another one over the same tables, as of another instance. */
  AlertJudge judge(Duration wholeEvery, int activeMax) {
    return judge(wholeEvery, activeMax, fixture.following());
  }

  AlertJudge judge(Duration wholeEvery, int activeMax, FollowingReports following) {
    return judge(wholeEvery, activeMax, following, clock);
  }

  AlertJudge judge(Duration wholeEvery, int activeMax, FollowingReports following, Clock clock) {
    return new AlertJudge(fixture.globalReads(), fixture.db(), store, rules, following,
        new DiscrepancyQueries(new SettlementIntervals(Duration.ofMinutes(10), Map.of())),
        new AlertJudge.Limits(wholeEvery, activeMax, Neuron.parse("1000")), clock);
  }

  public QueryFixture fixture() {
    return fixture;
  }

  public AlertStore store() {
    return store;
  }

  /** Processes all that the script has, up to its last sealed block, which is also the chain's head. */
  void process(AccountEventScript script) {
    fixture.process(script.records());
    head(script.block() - 1);
  }

  /** The chain's head is this block, and the clock is there. */
  void head(long block) {
    head(block, FollowingState.FOLLOWING);
    Duration ahead = Duration.between(clock.instant(), Chain.blockTime(block));
    if (ahead.isPositive()) {
      clock.pass(ahead);
    }
  }

  void head(long block, FollowingState state) {
    head(block, state, 0);
  }

  void head(long block, FollowingState state, long confirmations) {
    Instant now = InstantSource.system().instant();
    fixture.following().add("test", new FollowingReport(state,
        state == FollowingState.FOLLOWING ? Optional.empty() : Optional.of("it is a test"), now, now,
        Optional.of(block), Optional.of(Chain.blockTime(block)), confirmations, Optional.of(block), List.of()));
  }

  /** The only report has expired long ago. */
  static void expire(FollowingReports following) {
    following.add("test", new FollowingReport(FollowingState.FOLLOWING, Optional.empty(), Instant.EPOCH, Instant.EPOCH,
        Optional.of(1L), Optional.of(Chain.blockTime(1)), 0, Optional.of(1L), List.of()));
  }

  /** A rule about all owners. */
  AlertRuleView rule(AlertKind kind, Optional<String> threshold, Optional<String> recoverAt,
      Optional<Long> forSeconds) {
    return rule(kind, List.of(), threshold, recoverAt, forSeconds);
  }

  AlertRuleView rule(AlertKind kind, List<WalletAddress> owners, Optional<String> threshold,
      Optional<String> recoverAt, Optional<Long> forSeconds) {
    AlertRuleView rule = new AlertRuleView(UUID.randomUUID(), kind, Optional.empty(), owners,
        kind == AlertKind.BALANCE_BELOW ? Optional.of(AlertRuleView.Balance.AVAILABLE) : Optional.empty(), threshold,
        recoverAt.or(() -> threshold), Optional.empty(), Optional.<ServiceName>empty(), forSeconds, Optional.empty(),
        true, Optional.empty(), "test", clock.instant());
    rules.add(rule, fixture.db());
    return rule;
  }

  /** @param threshold in neuron */
  AlertRuleView below(long threshold, long recoverAt) {
    return rule(AlertKind.BALANCE_BELOW, Optional.of(String.valueOf(threshold)),
        Optional.of(String.valueOf(recoverAt)), Optional.empty());
  }

  void round() {
    judge.round();
  }

  /** Whatever was recorded, oldest first. */
  public List<AlertView> alerts() {
    return fixture.db().transactionResult(transaction -> {
      List<AlertView> all = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        var page = store.page(new Wanted(Optional.empty(), Optional.empty(), Set.of(), Set.of(), Optional.empty()),
            Page.ofExport(cursor), transaction.dsl());
        all.addAll(page.alerts());
        cursor = page.nextCursor();
      } while (cursor.isPresent());
      return all.reversed();
    });
  }

  /** As words: {@code raised 5 at 3 by block}. */
  List<String> words() {
    return alerts().stream().map(each -> each.type().stored().replace("alert-", "").replace(".v1", "")
        + each.value().map(value -> " " + value).orElse("")
        + each.block().map(block -> " at " + block.number()).orElse("")
        + (each.by() == AlertView.By.BLOCK ? "" : " by " + each.by().name().toLowerCase(Locale.ROOT))
        + (each.muted().isPresent() ? " muted" : "")).toList();
  }

  static Neuron neuron(long amount) {
    return Neuron.parse(String.valueOf(amount));
  }

  @Override
  public void close() {
    fixture.close();
  }
}
