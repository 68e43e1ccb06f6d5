package io.neuronledger.query.settlement.period;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.matching.History;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Every row of every period balances, equals the sums of a list in memory, and opens with the closing balance of the
 * previous period.
 */
class PeriodReportPropertiesIT {
  private static final List<SubAccountId> METERS = List.of(meter(1, 7, "a"), meter(2, 7, "a"), meter(2, 7, "b"),
      meter(1, 8, "a"), meter(3, 9, "a"));
  /** A day has 144 blocks. */
  private static final int BLOCKS = 400;

  private QueryFixture fixture = new QueryFixture(1);
  private final List<Movement> movements = new ArrayList<>();

  private record Movement(SubAccountId meter, Instant at, long used, long unverified, long settled,
      long writtenOff) {}

  private static SubAccountId meter(int owner, int provider, String service) {
    return new SubAccountId(Wallets.wallet(owner), Wallets.wallet(provider), ServiceName.of(service));
  }

  @BeforeProperty
  void publish() {
    fixture.close();
    fixture = new QueryFixture(1);
    History history = new History(0, 1);
    Random random = new Random(7);
    for (int block = 1; block <= BLOCKS; block++) {
      if (random.nextInt(3) == 0) {
        SubAccountId meter = METERS.get(random.nextInt(METERS.size()));
        long amount = random.nextInt(100);
        long writtenOff = random.nextInt(4) == 0 ? random.nextInt(10) : 0;
        history.settle(meter, amount, writtenOff);
        movements.add(new Movement(meter, Chain.blockTime(block), 0, 0, amount, writtenOff));
      }
      if (random.nextInt(2) == 0) {
        SubAccountId meter = METERS.get(random.nextInt(METERS.size()));
        Instant at = Chain.GENESIS.plusSeconds(random.nextInt(4 * 86_400));
        long fee = random.nextInt(60);
        boolean isPriced = random.nextBoolean();
        history.report(meter, isPriced ? Meters.line("r" + block, at, fee) : Meters.charge("r" + block, at, "model-a",
            new Units.Unpriced(List.of()), Neuron.parse(String.valueOf(fee)), UsageSource.DIRECT, Optional.empty()));
        movements.add(new Movement(meter, at, fee, isPriced ? 0 : fee, 0, 0));
      }
      history.seal();
    }
    // Retracted and unsealed settlements are in no report.
    history.settle(METERS.getFirst(), 1_000, 0).seal().retract(1).seal().settle(METERS.getFirst(), 5_000, 0);
    fixture.process(history.records());
  }

  @AfterProperty
  void close() {
    fixture.close();
  }

  @Property(tries = 60)
  void a_period_balances(@ForAll @IntRange(min = -2, max = 6) int from, @ForAll @IntRange(min = 0, max = 4) int days,
      @ForAll boolean bySubAccount, @ForAll boolean oneProvider) {
    LocalDate start = LocalDate.parse("2026-01-01").plusDays(from);
    Period period = new Period(Optional.of(start), Optional.of(start.plusDays(days)));
    Set<WalletAddress> provider = oneProvider ? Set.of(Wallets.wallet(7)) : Set.of();

    List<PeriodRow> rows = rows(new PeriodFilter(provider, period, bySubAccount));

    Predicate<Movement> listed = each -> !day(each).isAfter(start.plusDays(days))
        && (provider.isEmpty() || provider.contains(each.meter().provider()));
    assertThat(rows).extracting(PeriodReportPropertiesIT::key).containsExactlyElementsOf(movements.stream()
        .filter(listed).map(each -> key(each.meter(), bySubAccount)).collect(Collectors.toCollection(TreeSet::new)));
    for (PeriodRow row : rows) {
      assertThat(row.closing())
          .isEqualTo(row.opening().plus(row.used()).minus(row.settled()).minus(row.writtenOff()));
      Predicate<Movement> before = each -> day(each).isBefore(start);
      Predicate<Movement> within =
          each -> !day(each).isBefore(start) && !day(each).isAfter(start.plusDays(days));
      assertThat(row.opening()).isEqualTo(sum(row, before, each -> each.used() - each.settled() - each.writtenOff()));
      assertThat(row.used()).isEqualTo(sum(row, within, Movement::used));
      assertThat(row.unverifiedUsed()).isEqualTo(sum(row, within, Movement::unverified));
      assertThat(row.settled()).isEqualTo(sum(row, within, Movement::settled));
      assertThat(row.writtenOff()).isEqualTo(sum(row, within, Movement::writtenOff));
    }
    List<PeriodRow> next = rows(new PeriodFilter(provider,
        new Period(Optional.of(start.plusDays(days + 1L)), Optional.empty()), bySubAccount));
    for (PeriodRow row : rows) {
      assertThat(next.stream().filter(each -> isSame(each, row)).findFirst().orElseThrow().opening())
          .isEqualTo(row.closing());
    }
  }

  @Property(tries = 1)
  void a_period_without_dates_includes_everything() {
    Period always = new Period(Optional.empty(), Optional.empty());
    List<PeriodRow> rows = rows(new PeriodFilter(Set.of(), always, true));
    assertThat(rows).hasSize(METERS.size());
    assertThat(rows).extracting(PeriodRow::opening).containsOnly(NeuronSum.ZERO);
    assertThat(rows(new PeriodFilter(Set.of(), always, false)))
        .extracting(PeriodRow::provider).containsExactly(Wallets.wallet(7), Wallets.wallet(8), Wallets.wallet(9));
  }

  private List<PeriodRow> rows(PeriodFilter filter) {
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> {
      List<PeriodRow> rows = new ArrayList<>();
      new PeriodQueries().each(filter, asOf, db, rows::add);
      return rows;
    });
  }

  private NeuronSum sum(PeriodRow row, Predicate<Movement> when, ToLongFunction<Movement> amount) {
    return NeuronSum.parse(String.valueOf(movements.stream()
        .filter(each -> each.meter().provider().equals(row.provider())
            && row.owner().map(each.meter().owner()::equals).orElse(true)
            && row.service().map(each.meter().service()::equals).orElse(true))
        .filter(when).mapToLong(amount).sum()));
  }

  private static String key(PeriodRow row) {
    return row.provider() + row.owner().map(owner -> " " + owner).orElse("")
        + row.service().map(service -> " " + service).orElse("");
  }

  private static String key(SubAccountId meter, boolean bySubAccount) {
    return meter.provider() + (bySubAccount ? " " + meter.owner() + " " + meter.service() : "");
  }

  private static boolean isSame(PeriodRow one, PeriodRow other) {
    return one.provider().equals(other.provider()) && one.owner().equals(other.owner())
        && one.service().equals(other.service());
  }

  private static LocalDate day(Movement each) {
    return each.at().atZone(ZoneOffset.UTC).toLocalDate();
  }
}
