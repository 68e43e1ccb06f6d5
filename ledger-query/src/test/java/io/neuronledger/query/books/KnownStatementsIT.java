package io.neuronledger.query.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.books.ProviderStatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.period.RecordedDays;
import io.neuronledger.query.settlement.period.Reporting;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code known_at} of a statement answers later is what was answered when the day ended. */
class KnownStatementsIT {
  private static final int STEPS = 160;
  private static final int DAYS = 6;
  private static final int PARTITIONS = 3;
  private static final LocalDate FIRST = LocalDate.parse("2026-05-01");
  private static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());
  /** A part of the history, a later one, and a time before it. */
  private static final List<Period> PERIODS = List.of(ALWAYS, days("2026-01-03", "2026-01-20"),
      days("2026-01-15", "2026-03-01"), days("2025-01-01", "2025-12-31"));

  /** On the day itself it is said in another way that no block was known. */
  private static final Set<ProblemCode> NOTHING = Set.of(ProblemCode.NOTHING_SEALED, ProblemCode.BLOCK_NOT_REACHED);

  private static Period days(String first, String last) {
    return new Period(Optional.of(LocalDate.parse(first)), Optional.of(LocalDate.parse(last)));
  }

  /** Each second day, so that there are days without a record. */
  private static LocalDate date(int day) {
    return FIRST.plusDays(2L * day);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void a_wallets_statement_is_that_of_the_end_of_the_day(long seed) {
    List<AccountRecord> records = BookHistory.withUsage(seed, STEPS).records();
    int[] ends = ends(records.size(), new Random(seed));
    try (QueryFixture fixture = new QueryFixture(1); QueryFixture anew = new QueryFixture(1)) {
      List<List<JsonNode>> answered = new ArrayList<>();
      int begin = 0;
      for (int day = 0; day < DAYS; day++) {
        if (ends[day] > begin) {
          fixture.process(recorded(records, begin, ends[day], date(day)));
        }
        begin = ends[day];
        answered.add(owners(Optional.empty(), fixture));
      }
      fixture.process(recorded(records, begin, records.size(), date(DAYS)));
      int whole = 0;
      for (int day = 0; day < DAYS; day++) {
        List<JsonNode> known = owners(Optional.of(date(day)), fixture);
        assertThat(known).as("day " + day).isEqualTo(answered.get(day));
        assertThat(owners(Optional.of(date(day).plusDays(1)), fixture)).as("a day without records").isEqualTo(known);
        whole += (int) known.stream().filter(each -> each.path("movements").size() > 1).count();
      }
      assertThat(whole).isGreaterThan(DAYS);
      anew.process(all(records, ends));
      for (int day = 0; day < DAYS; day++) {
        assertThat(bytes(date(day), anew)).as("made anew").isEqualTo(bytes(date(day), fixture));
      }
      assertRefused(date(DAYS), fixture, ProblemCode.DAY_NOT_OVER);
      assertRefused(FIRST.minusDays(1), fixture, ProblemCode.DAY_BEFORE_START);
    }
  }

  /** The end of each day, as a number of records: none within the first two, with which nothing is sealed. */
  private static int[] ends(int records, Random random) {
    return random.ints(DAYS, 3, records - 3).sorted().toArray();
  }

  private static List<AccountRecord> recorded(List<AccountRecord> records, int from, int until, LocalDate day) {
    return records.subList(from, until).stream().map(each -> new AccountRecord(each.chainId(), each.partition(),
        each.seq(), each.stream(), each.sequence(), day.atTime(12, 0).toInstant(ZoneOffset.UTC),
        each.event())).toList();
  }

  private static List<AccountRecord> all(List<AccountRecord> records, int[] ends) {
    List<AccountRecord> all = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      all.addAll(recorded(records, day == 0 ? 0 : ends[day - 1], ends[day], date(day)));
    }
    all.addAll(recorded(records, ends[DAYS - 1], records.size(), date(DAYS)));
    return all;
  }

  private static List<JsonNode> owners(Optional<LocalDate> knownAt, QueryFixture fixture) {
    return BookHistory.OWNERS.stream().flatMap(owner -> PERIODS.stream()
        .map(period -> content(() -> statement(owner, period, knownAt, fixture)))).toList();
  }

  /** Without what it is as of and how it is verified; of a refusal, its code. */
  private static JsonNode content(Question question) {
    try {
      ObjectNode content = QueryFixture.JSON.valueToTree(question.ask());
      content.remove(List.of("as_of", "known_at", "verify"));
      Stream.of("opening", "closing").filter(content::has)
          .forEach(each -> ((ObjectNode) content.path(each)).remove("block"));
      return content;
    } catch (Refusal e) {
      return QueryFixture.JSON.valueToTree(NOTHING.contains(e.code()) ? ProblemCode.DAY_BEFORE_START : e.code());
    }
  }

  /** What is asked for. */
  @FunctionalInterface
  private interface Question {
    Object ask();
  }

  private static List<String> bytes(LocalDate day, QueryFixture fixture) {
    return BookHistory.OWNERS.stream().map(owner -> {
      try {
        return QueryFixture.JSON.writeValueAsString(statement(owner, ALWAYS, Optional.of(day), fixture));
      } catch (Refusal e) {
        return e.code().toString();
      }
    }).toList();
  }

  private static StatementAnswer statement(WalletAddress owner, Period period, Optional<LocalDate> knownAt,
      QueryFixture fixture) {
    return fixture.ownerReads().answer(owner, QueryFixture.NOW, (at, db) ->
        new StatementQueries().statement(owner, new StatementFilter(period, knownAt), at, db));
  }

  private static void assertRefused(LocalDate day, QueryFixture fixture, ProblemCode code) {
    assertThatThrownBy(() -> statement(BookHistory.OWNERS.getFirst(), ALWAYS, Optional.of(day), fixture))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  /** Some partitions, each at a place of its own when the day ends. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void a_providers_statement_is_that_of_the_end_of_the_day_and_adds_up(long seed) {
    RecordedDays history = RecordedDays.of(seed, PARTITIONS, 60, DAYS);
    try (QueryFixture fixture = new QueryFixture(PARTITIONS)) {
      List<List<JsonNode>> answered = new ArrayList<>();
      int[] read = new int[PARTITIONS + 1];
      for (int day = 0; day < DAYS; day++) {
        read(history, read, history.ends(day), fixture);
        answered.add(providers(Optional.empty(), fixture));
      }
      read(history, read, history.ends(), fixture);
      for (int day = 0; day < DAYS; day++) {
        if (history.isOver(day)) {
          assertThat(providers(Optional.of(RecordedDays.date(day)), fixture)).as("day " + day)
              .isEqualTo(answered.get(day));
        }
      }
    }
  }

  private static void read(RecordedDays history, int[] read, int[] ends, QueryFixture fixture) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      if (ends[partition] > read[partition]) {
        fixture.processEvents(history.events(partition).subList(read[partition], ends[partition]));
      }
    }
    fixture.processBlocks(history.blocks().subList(read[PARTITIONS], ends[PARTITIONS]));
    System.arraycopy(ends, 0, read, 0, ends.length);
  }

  private static List<JsonNode> providers(Optional<LocalDate> knownAt, QueryFixture fixture) {
    return Stream.of(1001, 1002, 7).map(Wallets::wallet).flatMap(provider -> PERIODS.stream()
        .map(period -> content(() -> provider(provider, period, knownAt, fixture)))).toList();
  }

  private static ProviderStatementAnswer provider(WalletAddress provider, Period period, Optional<LocalDate> knownAt,
      QueryFixture fixture) {
    ProviderQueries queries = new ProviderQueries(new Reporting(fixture.globalReads(), fixture.db(), fixture.db(),
        fixture.beside(), QueryFixture.JSON, QueryFixture.JSON, 1, Clock.systemUTC()));
    ProviderStatementAnswer statement = fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> queries.statement(provider, new StatementFilter(period, knownAt), asOf, db));
    assertAddsUp(statement);
    return statement;
  }

  /** Opening and what moved are closing, and each sum is that of its lines. */
  private static void assertAddsUp(ProviderStatementAnswer of) {
    assertThat(of.total().opening().plus(of.total().adjusted()).plus(of.total().used()).minus(of.total().settled())
        .minus(of.total().writtenOff())).isEqualTo(of.total().closing());
    assertThat(of.settlements().stream().map(each -> NeuronSum.of(each.amount()))
        .reduce(NeuronSum.ZERO, NeuronSum::plus)).isEqualTo(of.total().settled());
    assertThat(of.settlements().stream().map(each -> NeuronSum.of(each.writtenOff()))
        .reduce(NeuronSum.ZERO, NeuronSum::plus)).isEqualTo(of.total().writtenOff());
    assertThat(of.usage().stream().filter(each -> each.source() == UsageSource.DIRECT)
        .map(StatementAnswer.Usage::fees).reduce(NeuronSum.ZERO, NeuronSum::plus)).isEqualTo(of.total().used());
  }

  /** What ledger-command held back then is not in the statement of that day, and in that of a day after its release. */
  @Test
  void an_owner_in_quarantine_then_is_answered_as_it_was() {
    WalletAddress owner = Wallets.wallet(1);
    AccountEventScript history = AccountEventScript.started(0, 1).deposit(owner, Neuron.parse("1")).seal()
        .add(new PartitionEvent.OwnerQuarantined(owner, new ChainPosition(2, 0, 0), "odd")).seal();
    int first = history.records().size();
    history.add(new PartitionEvent.OwnerReleased(owner)).deposit(owner, Neuron.parse("20")).seal().seal();
    List<AccountRecord> records = history.records();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(recorded(records, 0, first, date(0)));
      JsonNode answered = content(() -> statement(owner, ALWAYS, Optional.empty(), fixture));
      assertThat(answered.path("quarantined").asBoolean()).isTrue();
      fixture.process(recorded(records, first, records.size() - 1, date(1)));
      fixture.process(recorded(records, records.size() - 1, records.size(), date(2)));
      assertThat(content(() -> statement(owner, ALWAYS, Optional.of(date(0)), fixture))).isEqualTo(answered);
      StatementAnswer later = statement(owner, ALWAYS, Optional.of(date(1)), fixture);
      assertThat(later.quarantined()).isFalse();
      assertThat(later.closing().total()).isEqualTo(Neuron.parse("21"));
    }
  }

  /** A wallet's own statement waits for its own records only, and names nobody else. */
  @Test
  void what_is_parked_of_others_is_not_asked_for() {
    WalletAddress owner = Wallets.wallet(1);
    List<AccountRecord> records =
        AccountEventScript.started(0, 1).deposit(owner, Neuron.parse("1")).seal().seal().records();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(recorded(records, 0, records.size() - 1, date(0)));
      fixture.process(recorded(records, records.size() - 1, records.size(), date(1)));
      fixture.owner().execute("INSERT INTO parked_record (partition, seq, mark_seq, owner, kafka_offset, value)"
          + " VALUES (0, 1, 0, decode(repeat('02', 20), 'hex'), 0, '')");
      assertThat(statement(owner, ALWAYS, Optional.of(date(0)), fixture).closing().total())
          .isEqualTo(Neuron.parse("1"));
      fixture.owner().execute("UPDATE parked_record SET owner = decode('"
          + owner.value().substring(2) + "', 'hex')");
      assertRefusedOwn(owner, fixture);
    }
  }

  private static void assertRefusedOwn(WalletAddress owner, QueryFixture fixture) {
    assertThatThrownBy(() -> statement(owner, ALWAYS, Optional.of(date(0)), fixture)).isInstanceOfSatisfying(
        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.OWNER_QUARANTINED));
  }

  @Test
  void a_block_at_midnight_belongs_to_the_day_that_begins() {
    WalletAddress owner = Wallets.wallet(1);
    int blocksPerDay = (int) (86_400 / Chain.SECONDS_PER_BLOCK);
    LocalDate day = LocalDate.ofInstant(Chain.blockTime(blocksPerDay), ZoneOffset.UTC);
    AccountEventScript history = AccountEventScript.started(0, 1).deposit(owner, Neuron.parse("1"))
        .seal(blocksPerDay - 1).deposit(owner, Neuron.parse("20")).seal(blocksPerDay)
        .deposit(owner, Neuron.parse("300")).seal();
    int first = history.records().size();
    List<AccountRecord> records = history.seal().records();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(recorded(records, 0, first, date(0)));
      fixture.process(recorded(records, first, records.size(), date(1)));
      StatementAnswer known =
          statement(owner, new Period(Optional.of(day), Optional.of(day)), Optional.of(date(0)), fixture);
      assertThat(known.opening().available()).isEqualTo(Neuron.parse("1"));
      assertThat(known.movements()).extracting(each -> each.amount().toString()).containsExactly("20");
      assertThat(known.closing().available()).isEqualTo(Neuron.parse("21"));
    }
  }

  /** Balances are those that the entries of that branch state; the block is the last one that has one. */
  @Test
  void a_branch_that_was_taken_back_is_in_the_statement_of_its_day() {
    WalletAddress owner = Wallets.wallet(1);
    AccountEventScript history = AccountEventScript.started(0, 1).deposit(owner, Neuron.parse("1")).seal()
        .deposit(owner, Neuron.parse("20")).seal().seal();
    int first = history.records().size();
    List<AccountRecord> records = history.retract(2).deposit(owner, Neuron.parse("300")).seal().records();
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(recorded(records, 0, first, date(0)));
      fixture.process(recorded(records, first, records.size(), date(1)));
      StatementAnswer then = statement(owner, ALWAYS, Optional.of(date(0)), fixture);
      assertThat(then.closing().total()).isEqualTo(Neuron.parse("21"));
      assertThat(then.closing().block()).hasValue(2);
      assertThat(then.opening().block()).isEmpty();
      assertThat(then.asOf().blockHash()).isEqualTo(Chain.blockHash(3, 0));
      assertThat(then.knownAt()).hasValue(date(0));
      assertThat(then.verify()).containsExactly("/v1/ledgers/" + owner.checksummed() + "/entries?order=asc");
      assertThat(statement(owner, ALWAYS, Optional.empty(), fixture).closing().total())
          .isEqualTo(Neuron.parse("301"));
    }
  }
}
