package io.neuronledger.query.totals;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.view.directory.TotalsAnswer;
import io.neuronledger.contracts.view.directory.TotalsAnswer.Day;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.request.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The sums equal those over the states and events themselves: at every block, of every day, over two partitions, with
 * forks, comparisons, reversed reports, and any division into batches.
 */
class TotalsPropertiesIT {
  private static final int PARTITIONS = 2;
  /** More than a day of blocks. */
  private static final int STEPS = 900;
  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

  @Property(tries = 8)
  void sums_are_those_of_the_events(@ForAll long seed) {
    List<History> histories = List.of(History.of(seed, 0, PARTITIONS, STEPS), History.of(seed, 1, PARTITIONS, STEPS));
    try (QueryFixture fixture = new QueryFixture(PARTITIONS)) {
      Random cuts = new Random(seed);
      histories.forEach(history -> processInPieces(fixture, history.records(), cuts));
      List<Fold> folds = histories.stream().map(Fold::new).toList();
      long last = histories.getFirst().script().sealed().lastKey();
      for (long block : histories.getFirst().script().sealed().keySet()) {
        check(fixture, folds, block, true);
      }
      check(fixture, folds, last, false);
    }
  }

  private static void processInPieces(QueryFixture fixture, List<AccountRecord> records, Random cuts) {
    List<AccountRecord> rest = new ArrayList<>(records);
    while (!rest.isEmpty()) {
      List<AccountRecord> piece = rest.subList(0, Math.min(rest.size(), 1 + cuts.nextInt(60)));
      fixture.process(piece);
      piece.clear();
    }
  }

  private static void check(QueryFixture fixture, List<Fold> folds, long block, boolean past) {
    TotalsAnswer whole = totals(fixture, block, past, Optional.empty(), Optional.empty());
    Until until = new Until(block, past ? Chain.blockTime(block) : END_OF_TIME);
    checkSums(whole, folds, Instant.EPOCH, END_OF_TIME, until);
    for (Day day : whole.days()) {
      TotalsAnswer alone = totals(fixture, block, past, Optional.of(day.day()), Optional.of(day.day()));
      assertThat(alone.days()).as("block %s", block).containsExactly(day);
      assertThat(new Day(day.day(), alone.held(), alone.used(), alone.settled(), alone.outstanding(), day.services()))
          .isEqualTo(day);
      Instant start = day.day().atStartOfDay(ZoneOffset.UTC).toInstant();
      Instant end = day.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      checkSums(alone, folds, start, end, until);
    }
    assertThat(whole.days()).isSortedAccordingTo((one, other) -> one.day().compareTo(other.day()));
    assertThat(whole.days().stream().mapToLong(day -> day.used().requests()).sum())
        .isEqualTo(whole.used().requests());
    assertThat(whole.days().stream().mapToLong(day -> day.settled().settlements()).sum())
        .isEqualTo(whole.settled().settlements());
  }

  private static TotalsAnswer totals(QueryFixture fixture, long block, boolean past, Optional<LocalDate> start,
      Optional<LocalDate> end) {
    return fixture.globalReads().answer(past ? QueryFixture.at(block) : QueryFixture.NOW,
        (asOf, db) -> TotalsQueries.totals(new Period(start, end), asOf, past, db));
  }

  /** The answer's block, and until when usage counts. */
  private record Until(long block, Instant time) {}

  private static void checkSums(TotalsAnswer found, List<Fold> folds, Instant start, Instant end, Until until) {
    List<LedgerState> states = folds.stream().flatMap(fold -> fold.states(until.block(), end)).toList();
    assertThat(found.held().available()).hasValue(
        sum(states.stream().map(state -> NeuronSum.of(state.available()))));
    assertThat(found.held().total()).isEqualTo(found.held().available().orElseThrow().plus(found.held().locked()));
    assertThat(found.services().stream().map(TotalsAnswer.Service::service)).isSorted()
        .isSubsetOf(History.SERVICES);
    List<TotalsAnswer.Service> services = History.SERVICES.stream()
        .map(name -> expected(name, folds, states, start, end, until)).toList();
    assertThat(found.services()).isEqualTo(services.stream()
        .filter(each -> found.services().stream().anyMatch(other -> other.service().equals(each.service()))).sorted(
            (one, other) -> one.service().compareTo(other.service())).toList());
    assertThat(found.held().locked()).isEqualTo(sum(services.stream().map(each -> each.held().locked())));
    assertThat(found.held().pendingRefund()).isEqualTo(
        sum(services.stream().map(each -> each.held().pendingRefund())));
    assertThat(found.used()).isEqualTo(new TotalsAnswer.Used(sum(services.stream().map(each -> each.used().amount())),
        sum(services.stream().map(each -> each.used().unverifiedAmount())),
        services.stream().mapToLong(each -> each.used().requests()).sum()));
    assertThat(found.settled()).isEqualTo(new TotalsAnswer.Settled(
        sum(services.stream().map(each -> each.settled().amount())),
        sum(services.stream().map(each -> each.settled().writtenOff())),
        services.stream().mapToLong(each -> each.settled().settlements()).sum()));
    assertThat(found.outstanding()).isEqualTo(sum(services.stream().map(TotalsAnswer.Service::outstanding)));
  }

  private static TotalsAnswer.Service expected(ServiceName service, List<Fold> folds, List<LedgerState> states,
      Instant start, Instant end, Until until) {
    List<SubAccountState> accounts = states.stream().flatMap(state -> state.subAccounts().stream())
        .filter(each -> each.service().equals(service)).toList();
    NeuronSum locked = sum(accounts.stream().map(each -> NeuronSum.of(each.balance())));
    List<UsageLine> usedBefore = folds.stream().flatMap(fold -> fold.usage(service,
        at -> !at.isAfter(until.time()) && at.isBefore(end))).toList();
    List<UsageLine> used = usedBefore.stream().filter(line -> !line.when().isBefore(start)).toList();
    List<LedgerEvent.FeesSettled> settledBefore = folds.stream().flatMap(fold -> fold.settled(service, until.block(),
        at -> at.isBefore(end))).toList();
    List<LedgerEvent.FeesSettled> settled = settledBefore.stream()
        .filter(each -> !each.cause().blockTime().isBefore(start)).toList();
    return new TotalsAnswer.Service(service, new TotalsAnswer.Held(Optional.empty(), locked,
        sum(accounts.stream().map(each -> NeuronSum.of(each.pendingRefund()))), locked),
        new TotalsAnswer.Used(fees(used), fees(used.stream()
            .filter(line -> line.units().pricing() == Units.Pricing.UNVERIFIED).toList()), used.size()),
        new TotalsAnswer.Settled(sum(settled.stream().map(each -> NeuronSum.of(each.amount()))),
            sum(settled.stream().map(each -> NeuronSum.of(each.writtenOff()))), settled.size()),
        fees(usedBefore).minus(sum(settledBefore.stream().map(each -> NeuronSum.of(each.asked())))));
  }

  private static NeuronSum fees(List<UsageLine> lines) {
    return sum(lines.stream().map(line -> NeuronSum.of(line.fee())));
  }

  private static NeuronSum sum(Stream<NeuronSum> amounts) {
    return amounts.reduce(NeuronSum.ZERO, NeuronSum::plus);
  }

  /** What the records of a partition leave, read one by one. */
  private static final class Fold {
    private final History history;
    private final List<LedgerEvent.FeesSettled> settled = new ArrayList<>();
    private final List<UsageEvent.UsageRecorded> recorded = new ArrayList<>();
    private final List<UsageLine> reversed = new ArrayList<>();

    Fold(History history) {
      this.history = history;
      for (AccountRecord record : history.records()) {
        switch (record.event()) {
          case LedgerEvent.FeesSettled fees -> settled.add(fees);
          case PartitionEvent.BranchRetracted retracted ->
              settled.removeIf(fees -> fees.cause().position().block() >= retracted.fromBlock());
          case UsageEvent.UsageRecorded usage -> recorded.add(usage);
          case UsageEvent.UsageReversed usage -> reversed.add(usage.line());
          default -> { }
        }
      }
    }

    /** Of every owner, at the last block until this one that is before the time. */
    Stream<LedgerState> states(long block, Instant before) {
      return history.script().sealed().headMap(block, true).descendingMap().values().stream()
          .filter(sealed -> Chain.blockTime(sealed.block()).isBefore(before)).limit(1)
          .flatMap(sealed -> sealed.states().values().stream());
    }

    Stream<LedgerEvent.FeesSettled> settled(ServiceName service, long block, Predicate<Instant> counts) {
      return settled.stream().filter(each -> each.service().equals(service)
          && each.cause().position().block() <= block && counts.test(each.cause().blockTime()));
    }

    Stream<UsageLine> usage(ServiceName service, Predicate<Instant> counts) {
      return recorded.stream().filter(each -> each.service().equals(service)).flatMap(each -> each.lines().stream())
          .filter(line -> line.source() == UsageSource.DIRECT && counts.test(line.when())
              && !reversed.contains(line));
    }
  }
}
