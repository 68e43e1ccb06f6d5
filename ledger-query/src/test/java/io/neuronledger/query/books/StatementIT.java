package io.neuronledger.query.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.books.ProviderStatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.States;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.period.Reporting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement's balances are those of its blocks, and its movements lead from one to the other. */
class StatementIT {
  private static final int STEPS = 260;
  private static final int PERIODS = 60;
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void opening_and_movements_are_closing(long seed) {
    AccountEventScript history = BookHistory.of(seed, STEPS);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      Random random = new Random(seed);
      int days = (int) (history.block() * Chain.SECONDS_PER_BLOCK / 86_400) + 3;
      for (int i = 0; i < PERIODS; i++) {
        LocalDate start = LocalDate.ofInstant(Chain.GENESIS, ZoneOffset.UTC).plusDays(random.nextInt(days) - 1);
        Period period = new Period(random.nextInt(5) == 0 ? Optional.empty() : Optional.of(start),
            random.nextInt(5) == 0 ? Optional.empty() : Optional.of(start.plusDays(random.nextInt(40))));
        check(statement(BookHistory.OWNERS.get(random.nextInt(3)), period, fixture), period, history);
      }
    }
  }

  @Test
  void a_block_at_midnight_belongs_to_the_day_that_begins() {
    int blocksPerDay = (int) (86_400 / Chain.SECONDS_PER_BLOCK);
    AccountEventScript history = AccountEventScript.started(0, 1).deposit(OWNER, Neuron.parse("1"))
        .seal(blocksPerDay - 1).deposit(OWNER, Neuron.parse("20")).seal(blocksPerDay)
        .deposit(OWNER, Neuron.parse("300")).seal();
    LocalDate day = LocalDate.ofInstant(Chain.blockTime(blocksPerDay), ZoneOffset.UTC);
    assertThat(Chain.blockTime(blocksPerDay)).isEqualTo(day.atStartOfDay().toInstant(ZoneOffset.UTC));
    Period period = new Period(Optional.of(day), Optional.of(day));
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      StatementAnswer statement = statement(OWNER, period, fixture);
      assertThat(statement.opening().available()).isEqualTo(Neuron.parse("1"));
      assertThat(statement.movements()).extracting(each -> each.amount().toString()).containsExactly("20");
      assertThat(statement.closing().available()).isEqualTo(Neuron.parse("21"));
      check(statement, period, history);
    }
  }

  @Test
  void a_settlement_at_midnight_is_paid_on_the_day_that_begins() {
    int blocksPerDay = (int) (86_400 / Chain.SECONDS_PER_BLOCK);
    SubAccountId id = new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("inference-v1.0"));
    AccountEventScript history = AccountEventScript.started(0, 1).deposit(OWNER, Neuron.parse("100"))
        .transfer(id, Neuron.parse("50")).seal(blocksPerDay - 1).settle(id, Neuron.parse("3")).seal();
    LocalDate day = LocalDate.ofInstant(Chain.blockTime(blocksPerDay), ZoneOffset.UTC);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      LocalDate before = day.minusDays(1);
      ProviderStatementAnswer none =
          provider(1, id.provider(), new Period(Optional.of(before), Optional.of(before)), fixture);
      assertThat(none.settlements()).isEmpty();
      assertThat(none.total().settled()).isEqualTo(NeuronSum.ZERO);
      ProviderStatementAnswer paid =
          provider(1, id.provider(), new Period(Optional.of(day), Optional.of(day)), fixture);
      assertThat(paid.settlements()).hasSize(1);
      assertThat(paid.total().settled()).isEqualTo(NeuronSum.parse("3"));
    }
  }

  private static void check(StatementAnswer statement, Period period, AccountEventScript history) {
    LedgerState before = period.from().map(at -> stateBefore(at, statement.owner(), history)).orElse(States.UNOPENED);
    LedgerState after = period.until().map(at -> stateBefore(at, statement.owner(), history))
        .orElseGet(() -> history.state(statement.owner()));
    assertThat(statement.opening().total()).isEqualTo(States.total(before));
    assertThat(statement.closing().total()).isEqualTo(States.total(after));
    assertThat(statement.closing().available()).isEqualTo(after.available());
    Map<String, Neuron> opening = balances(before);
    Map<String, Neuron> closing = balances(after);
    for (StatementAnswer.Account each : statement.accounts()) {
      String name = name(each.provider(), each.service());
      assertThat(each.opening()).as(name).isEqualTo(Optional.ofNullable(opening.remove(name)).orElse(Neuron.ZERO));
      assertThat(each.closing()).as(name).isEqualTo(Optional.ofNullable(closing.remove(name)).orElse(Neuron.ZERO));
      NeuronSum moved = each.deposited().plus(each.withdrawn()).plus(each.transferred()).plus(each.refunded())
          .plus(each.settled()).plus(each.adjusted());
      assertThat(NeuronSum.of(each.opening()).plus(moved)).as(name).isEqualTo(NeuronSum.of(each.closing()));
      assertThat(statement.movements().stream().filter(one -> name(one.provider(), one.service()).equals(name))
          .map(one -> one.amount().value()).reduce(BigInteger.ZERO, BigInteger::add)).isEqualTo(moved.value());
      Map<String, NeuronSum> reasons = Map.of(EventNames.FUNDS_DEPOSITED, each.deposited(),
          EventNames.FUNDS_WITHDRAWN, each.withdrawn(), EventNames.FUNDS_TRANSFERRED, each.transferred(),
          EventNames.REFUNDS_COMPLETED, each.refunded(), EventNames.FEES_SETTLED, each.settled());
      reasons.forEach((type, sum) -> assertThat(statement.movements().stream()
          .filter(one -> one.type().equals(type) && name(one.provider(), one.service()).equals(name))
          .map(one -> one.amount().value()).reduce(BigInteger.ZERO, BigInteger::add)).as(type).isEqualTo(sum.value()));
    }
    assertThat(opening).as("accounts that are missing").isEmpty();
    assertThat(closing).as("accounts that are missing").isEmpty();
    assertThat(statement.movements()).allMatch(each ->
        period.from().map(from -> !each.time().isBefore(from)).orElse(true)
            && period.until().map(until -> each.time().isBefore(until)).orElse(true));
  }

  private static LedgerState stateBefore(Instant time, WalletAddress owner, AccountEventScript history) {
    long block = Math.ceilDiv(time.getEpochSecond() - Chain.GENESIS.getEpochSecond(), Chain.SECONDS_PER_BLOCK) - 1;
    return Optional.ofNullable(history.sealed().floorEntry(block))
        .map(sealed -> sealed.getValue().states().getOrDefault(owner, States.UNOPENED)).orElse(States.UNOPENED);
  }

  private static Map<String, Neuron> balances(LedgerState state) {
    Map<String, Neuron> balances = new TreeMap<>();
    balances.put(name(Optional.empty(), Optional.empty()), state.available());
    for (SubAccountState each : state.subAccounts()) {
      balances.put(name(Optional.of(each.provider()), Optional.of(each.service())), each.balance());
    }
    balances.values().removeIf(Neuron::isZero);
    return balances;
  }

  private static String name(Optional<WalletAddress> provider, Optional<ServiceName> service) {
    return provider + " " + service;
  }

  /** As it is known now. */
  private static StatementFilter now(Period period) {
    return new StatementFilter(period, Optional.empty());
  }

  private static StatementAnswer statement(WalletAddress owner, Period period, QueryFixture fixture) {
    return fixture.ownerReads().answer(owner, QueryFixture.NOW,
        (at, db) -> new StatementQueries().statement(owner, now(period), at, db));
  }

  @Test
  void every_form_has_every_number_and_the_same_bytes() throws IOException {
    SubAccountId id = new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("\u00fcber-v1.0"));
    Meters meters = new Meters();
    UsageLine line = Meters.line("r-1", Chain.blockTime(2), 7);
    UsageLine charge = Meters.charge("r-2", Chain.blockTime(2), "model-a", new Units.Unpriced(List.of()),
        Neuron.parse("5"), UsageSource.DIRECT, Optional.empty());
    AccountEventScript history = AccountEventScript.started(0, 1).seal().deposit(OWNER, Neuron.ofZeroG("10"))
        .transfer(id, Neuron.ofZeroG("4.000000000000000001")).seal().settle(id, Neuron.parse("3"), Neuron.parse("2"))
        .add(meters.recorded(id, List.of(line, charge))).request(id, Neuron.parse("11")).seal();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      StatementAnswer statement = statement(OWNER, ALWAYS, fixture);
      assertThat(statement.opening().block()).isEqualTo(OptionalLong.empty());
      assertThat(statement.accounts()).hasSize(2);
      assertThat(statement.accounts().getLast().writtenOff()).isEqualTo(NeuronSum.parse("2"));
      assertThat(statement.accounts().getLast().pendingRefund()).isEqualTo(Neuron.parse("11"));
      assertThat(statement.usage()).singleElement().satisfies(used -> {
        assertThat(used.source()).isEqualTo(UsageSource.DIRECT);
        assertThat(used.fees()).isEqualTo(NeuronSum.parse("12"));
        assertThat(used.unverifiedFees()).isEqualTo(NeuronSum.parse("5"));
      });
      assertThat(statement.movements()).hasSize(4);

      byte[] pdf = pdf(statement);
      assertThat(pdf(statement)).isEqualTo(pdf);
      String text = withoutColumns(textOf(pdf));
      for (StatementAnswer.Movement each : statement.movements()) {
        assertThat(text).contains(each.transaction().orElseThrow().value(), each.amount().toZeroG(),
            each.entry().toString());
      }
      assertThat(text).contains("closing 3.999999999999999998", "of which asked back 0.000000000000000011",
          "%C3%BCber-v1.0", "page 1 of ",
          "requests: 2 0.000000000000000012", "of which unverified 0.000000000000000005", OWNER.checksummed(),
          "written off 0.000000000000000002");
      statement.verify().forEach(request -> assertThat(text).contains(request));

      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      assertThat(StatementCsv.write(statement, csv)).isEqualTo(9);
      assertThat(csv.toString(StandardCharsets.UTF_8)).contains("\r\n\"opening\",\"available\",",
          "\r\n\"movement\",\"sub-account\",\"" + id.provider().checksummed()
              + "\",\"\u00fcber-v1.0\",,,,\"-3\",",
          "\r\n\"closing\",\"sub-account\",\"" + id.provider().checksummed()
              + "\",\"\u00fcber-v1.0\",,,,\"3999999999999999998\",",
          "\"model-a\",\"direct\",2,\"12\",\"5\",,");
      assertThat(csv.toString(StandardCharsets.UTF_8).lines().skip(1)).hasSize(9)
          .allMatch(row -> row.contains("," + statement.asOf().block() + ",\"" + statement.asOf().blockHash() + "\",,"))
          .anyMatch(row -> row.endsWith(",\"/v1/entries/" + statement.movements().getFirst().entry() + "\""))
          .anyMatch(row -> row.startsWith("\"closing\",\"available\",")
              && row.endsWith(",\"" + statement.verify().getFirst() + "\""))
          .anyMatch(row -> row.startsWith("\"closing\",\"sub")
              && row.endsWith(",\"" + statement.verify().get(1) + "\""));
    }
  }

  @Test
  void a_providers_statement_has_the_rows_of_the_period_report() throws IOException {
    SubAccountId id = new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("inference-v1.0"));
    Meters meters = new Meters();
    AccountEventScript history = AccountEventScript.started(0, 1).seal().deposit(OWNER, Neuron.ofZeroG("10"))
        .transfer(id, Neuron.ofZeroG("4")).add(meters.recorded(id, List.of(
            Meters.line("r-1", Chain.blockTime(2), 3), Meters.charge("r-2", Chain.blockTime(2), "model-a",
                new Units.Unpriced(List.of()), Neuron.parse("4"), UsageSource.DIRECT, Optional.empty()))))
        .settle(id, Neuron.parse("3"), Neuron.parse("2")).seal().settle(id, Neuron.parse("100")).seal().retract(3)
        .seal();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      ProviderStatementAnswer statement = provider(1, id.provider(), ALWAYS, fixture);
      assertThat(statement.total().used()).isEqualTo(NeuronSum.parse("7"));
      assertThat(statement.total().unverifiedUsed()).isEqualTo(NeuronSum.parse("4"));
      assertThat(statement.total().closing()).isEqualTo(NeuronSum.parse("2"));
      assertThat(statement.accounts()).singleElement()
          .satisfies(row -> assertThat(row.owner()).hasValue(OWNER));
      assertThat(statement.settlements()).singleElement().satisfies(paid -> {
        assertThat(paid.amount()).isEqualTo(Neuron.parse("3"));
        assertThat(paid.writtenOff()).isEqualTo(Neuron.parse("2"));
      });
      assertThat(statement.usage()).hasSize(1);
      Period later = new Period(Optional.of(LocalDate.parse("2026-01-02")), Optional.empty());
      assertThat(provider(1, id.provider(), later, fixture).total().opening())
          .isEqualTo(NeuronSum.parse("2"));
      assertThat(provider(1, id.provider(), later, fixture).settlements()).isEmpty();

      ByteArrayOutputStream pdf = new ByteArrayOutputStream();
      ProviderPdf.write(statement, pdf);
      assertThat(withoutColumns(textOf(pdf.toByteArray()))).contains("closing 0.000000000000000002",
          OWNER.checksummed(), statement.settlements().getFirst().transaction().orElseThrow().value())
          .containsPattern("used 0\\.000000000000000007 requests: 2\\s+of which unverified 0\\.000000000000000004");
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      assertThat(ProviderCsv.write(statement, csv)).isEqualTo(6);
      assertThat(csv.toString(StandardCharsets.UTF_8)).contains("\r\n\"opening\",\"" + OWNER.checksummed() + "\"",
          "\r\n\"settlement\",", "\r\n\"adjusted\",");
      assertThat(csv.toString(StandardCharsets.UTF_8).lines().skip(1)).hasSize(6)
          .allMatch(row -> row.contains("," + statement.asOf().block() + ",\"" + statement.asOf().blockHash() + "\",,"))
          .anyMatch(row -> row.endsWith(",\"/v1/settlements/" + statement.settlements().getFirst().id() + "\""))
          .anyMatch(row -> row.startsWith("\"used\",") && row.contains(",2,\"7\",\"4\","))
          .anyMatch(row -> row.startsWith("\"closing\",")
              && row.endsWith(",\"" + statement.verify().getFirst() + "\""));
      assertThatThrownBy(() -> provider(1, Wallets.wallet(9), ALWAYS, fixture))
          .isInstanceOf(Refusal.class).hasMessageContaining("is known");
    }
  }

  @Test
  void a_providers_statement_has_at_most_so_many_settlements() {
    SubAccountId id = new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("inference-v1.0"));
    AccountEventScript history = AccountEventScript.started(0, 1).seal().deposit(OWNER, Neuron.ofZeroG("10"))
        .transfer(id, Neuron.ofZeroG("4")).settle(id, Neuron.parse("3")).settle(id, Neuron.parse("4")).seal();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      assertThat(provider(2, id.provider(), ALWAYS, fixture).settlements()).hasSize(2);
      assertThatThrownBy(() -> provider(1, id.provider(), ALWAYS, fixture))
          .isInstanceOf(Refusal.class).hasMessageContaining("more than 1 settlements");
    }
  }

  private static ProviderStatementAnswer provider(int linesMax, WalletAddress provider, Period period,
      QueryFixture fixture) {
    ProviderQueries queries = new ProviderQueries(new Reporting(fixture.globalReads(), fixture.db(), fixture.db(),
        fixture.beside(), QueryFixture.JSON, QueryFixture.JSON, 1, Clock.systemUTC()), linesMax);
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> queries.statement(provider, now(period), asOf, db));
  }

  @Test
  void a_long_statement_has_many_pages() throws IOException {
    AccountEventScript history = AccountEventScript.started(0, 1).seal();
    for (int i = 1; i <= 300; i++) {
      history.deposit(OWNER, Neuron.parse(String.valueOf(i))).seal();
    }
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      String text = textOf(pdf(statement(OWNER, ALWAYS, fixture)));
      assertThat(text).contains("page 2 of ", "page 16 of 16", " 0.0000000000000003");
    }
  }

  @Test
  void a_statement_has_at_most_so_many_movements() {
    AccountEventScript history = AccountEventScript.started(0, 1).seal().deposit(OWNER, Neuron.parse("1"))
        .deposit(OWNER, Neuron.parse("2")).seal();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      assertThat(fixture.ownerReads().answer(OWNER, QueryFixture.NOW,
          (at, db) -> new StatementQueries(2).statement(OWNER, now(ALWAYS), at, db)).movements()).hasSize(2);
      assertThatThrownBy(() -> fixture.ownerReads().answer(OWNER, QueryFixture.NOW,
          (at, db) -> new StatementQueries(1).statement(OWNER, now(ALWAYS), at, db)))
          .isInstanceOf(Refusal.class).hasMessageContaining("more than 1 movements");
    }
  }

  @Test
  void a_statement_has_at_most_so_many_sub_accounts_and_lines_of_usage() {
    Meters meters = new Meters();
    AccountEventScript used = AccountEventScript.started(0, 1).known(ServiceName.of("a"), ServiceName.of("b")).seal()
        .deposit(OWNER, Neuron.parse("9"));
    for (String service : List.of("a", "b")) {
      SubAccountId id = new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of(service));
      used.add(meters.recorded(id, List.of(Meters.line(service, Chain.blockTime(2), 1))));
    }
    assertAtMostTwo(used.seal(), ALWAYS, "more than 1 lines of usage");

    AccountEventScript held = AccountEventScript.started(0, 1).deposit(OWNER, Neuron.parse("9"));
    List.of("a", "b").forEach(service -> held.transfer(
        new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of(service)), Neuron.parse("1")).seal());
    LocalDate later = LocalDate.ofInstant(Chain.blockTime(2), ZoneOffset.UTC).plusDays(1);
    assertAtMostTwo(held, new Period(Optional.of(later), Optional.empty()), "more than 1 sub-accounts");
  }

  private static void assertAtMostTwo(AccountEventScript history, Period period, String refusal) {
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(history.records());
      assertThat(fixture.ownerReads().answer(OWNER, QueryFixture.NOW,
          (at, db) -> new StatementQueries(2).statement(OWNER, now(period), at, db)).owner()).isEqualTo(OWNER);
      assertThatThrownBy(() -> fixture.ownerReads().answer(OWNER, QueryFixture.NOW,
          (at, db) -> new StatementQueries(1).statement(OWNER, now(period), at, db)))
          .isInstanceOf(Refusal.class).hasMessageContaining(refusal);
    }
  }

  private static byte[] pdf(StatementAnswer statement) {
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    StatementPdf.write(statement, pdf);
    return pdf.toByteArray();
  }

  private static String withoutColumns(String text) {
    return text.replaceAll(" +", " ");
  }

  private static String textOf(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }
}
