package io.neuronledger.query.settlement.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.matching.History;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Months that are closed, corrected and reopened, and what was known of them at the end of each day. */
class KnownAtIT {
  private static final AccountingPeriod JANUARY = AccountingPeriod.of(Chain.GENESIS);
  private static final AccountingPeriod FEBRUARY = JANUARY.next();
  private static final SubAccountId ONE = meter(1, "a");
  private static final SubAccountId OTHER = meter(2, "a");
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
  private static final JsonMapper ANSWERS = new AnswerJson(QueryFixture.JSON).in(AnswerUnit.NEURON);

  private final QueryFixture fixture = new QueryFixture(1);
  private final History history = new History(0, 1, "a");
  private final Reporting reporting = new Reporting(fixture.globalReads(), fixture.db(), fixture.db(), fixture.beside(),
      QueryFixture.JSON, ANSWERS, 10, Clock.systemUTC());
  /** What was answered at the end of each day, without what it was as of. */
  private final Map<LocalDate, List<JsonNode>> answered = new LinkedHashMap<>();
  private LocalDate today = FIRST;
  private int processed;
  private int requests;

  private static SubAccountId meter(int owner, String service) {
    return new SubAccountId(Wallets.wallet(owner), Wallets.wallet(7), ServiceName.of(service));
  }

  @BeforeEach
  void begin() {
    history.at(today.atStartOfDay(ZoneOffset.UTC).toInstant());
    while (Chain.blockTime(history.block()).isBefore(JANUARY.until())) {
      history.seal();
    }
    history.seal();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void each_day_has_the_closed_months_and_adjustments_that_it_had() {
    report(ONE, JANUARY, 10);
    report(OTHER, JANUARY, 20);
    history.settle(ONE, 7, 1);
    endDay(1);
    FrozenReport january = freeze(JANUARY);
    history.add(new AccountEvent.PeriodClosingProposed(JANUARY, january, "ann", at()));
    report(ONE, JANUARY, 3);
    endDay(1);
    history.add(new AccountEvent.PeriodClosed(JANUARY, january, "ann", "ben", at()));
    endDay(3);
    history.reverse(OTHER, 0);
    report(ONE, FEBRUARY, 50);
    history.settle(OTHER, 4, 0);
    endDay(1);
    history.retract(1);
    endDay(1);
    history.add(new AccountEvent.PeriodReopeningProposed(JANUARY, january.hash(), "missing", "ann", at()));
    history.add(new AccountEvent.PeriodReopened(JANUARY, january.hash(), "missing", "ann", "ben", at()));
    endDay(1);
    FrozenReport again = freeze(JANUARY);
    history.add(new AccountEvent.PeriodClosingProposed(JANUARY, again, "ann", at()));
    history.add(new AccountEvent.PeriodClosed(JANUARY, again, "ann", "ben", at()));
    report(OTHER, JANUARY, 100);
    endDay(1);
    history.seal();
    publish();

    assertThat(answered).hasSize(7);
    answered.forEach((day, answers) -> assertThat(answers(Optional.of(day))).as(day.toString()).isEqualTo(answers));
    assertThat(answers(Optional.of(FIRST.plusDays(4)))).as("a day without records")
        .isEqualTo(answered.get(FIRST.plusDays(2)));
    assertThat(List.copyOf(answered.values())).as("no day is as another one").doesNotHaveDuplicates();
  }

  @Test
  void a_service_that_became_known_later_was_unknown_then() {
    SubAccountId late = meter(1, "late");
    report(ONE, JANUARY, 10);
    report(late, JANUARY, 20);
    endDay(1);
    assertThat(used(today.minusDays(1))).as("not over").isEmpty();
    history.settle(late, 5, 0);
    endDay(1);
    history.retract(1);
    endDay(1);
    history.seal();
    publish();
    assertThat(used(FIRST)).contains("10");
    assertThat(used(FIRST.plusDays(1))).contains("30");
    assertThat(used(FIRST.plusDays(2))).contains("10");
    answered.forEach((day, answers) -> assertThat(answers(Optional.of(day))).as(day.toString()).isEqualTo(answers));
  }

  @Test
  void a_day_is_over_with_the_first_block_that_is_recorded_later() {
    report(ONE, JANUARY, 10);
    endDay(1);
    assertRefused(FIRST, ProblemCode.DAY_NOT_OVER);
    report(ONE, JANUARY, 1);
    publish();
    assertRefused(FIRST, ProblemCode.DAY_NOT_OVER);
    history.seal();
    publish();
    assertThat(used(FIRST)).contains("10");
    assertRefused(FIRST.plusDays(1), ProblemCode.DAY_NOT_OVER);
    assertRefused(FIRST.minusDays(1), ProblemCode.DAY_BEFORE_START);
  }

  @Test
  void what_is_parked_here_was_known() {
    report(ONE, JANUARY, 10);
    endDay(1);
    history.seal();
    publish();
    assertThat(used(FIRST)).contains("10");
    fixture.owner().execute("INSERT INTO parked_record (partition, seq, mark_seq, owner, kafka_offset, value)"
        + " SELECT 0, next_seq - 1, 0, decode(repeat('01', 20), 'hex'), 0, '' FROM partition_day ORDER BY day DESC"
        + " LIMIT 1");
    assertRefused(FIRST, ProblemCode.OWNER_QUARANTINED);
    fixture.owner().execute("UPDATE parked_record SET seq = seq + 1");
    assertThat(used(FIRST)).as("recorded later").contains("10");
  }

  /** Seals a block, remembers what is answered, and goes on so many days later. */
  private void endDay(int days) {
    history.seal();
    publish();
    answered.put(today, answers(Optional.empty()));
    today = today.plusDays(days);
    history.at(at());
  }

  private Instant at() {
    return today.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private void report(SubAccountId meter, AccountingPeriod period, long fee) {
    Instant when = period.from().plusSeconds(3_600L * requests);
    UsageLine line = Meters.line("r" + requests++, when, fee);
    history.report(meter, line);
  }

  private void publish() {
    List<AccountRecord> records = history.records();
    fixture.process(records.subList(processed, records.size()));
    processed = records.size();
  }

  private FrozenReport freeze(AccountingPeriod period) {
    return reporting.freeze(period, "ann", QueryFixture.NOW).report();
  }

  /** What is said of both months, by sub-account and by provider. */
  private List<JsonNode> answers(Optional<LocalDate> knownAt) {
    return List.of(accounts(JANUARY, true, knownAt), accounts(JANUARY, false, knownAt),
        accounts(FEBRUARY, true, knownAt), accounts(FEBRUARY, false, knownAt));
  }

  private JsonNode accounts(AccountingPeriod period, boolean bySubAccount, Optional<LocalDate> knownAt) {
    JsonNode read = json(period, bySubAccount, knownAt);
    return ANSWERS.createObjectNode().setAll(Map.of("rows", read.path("rows"), "adjustments", read.path("adjustments"),
        "checksum", read.path("checksum"), "previous", read.path("previous")));
  }

  private JsonNode json(AccountingPeriod period, boolean bySubAccount, Optional<LocalDate> knownAt) {
    PeriodFilter filter = new PeriodFilter(Set.of(),
        new Period(Optional.of(period.firstDay()), Optional.of(period.lastDay())), bySubAccount, knownAt);
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PeriodReport.json(filter, reporting.content(filter, asOf, db), out, ANSWERS);
      return ANSWERS.readTree(out.toByteArray());
    });
  }

  /** What was used in January; empty where the day is not over. */
  private Optional<String> used(LocalDate knownAt) {
    try {
      JsonNode read = json(JANUARY, false, Optional.of(knownAt));
      assertThat(read.path("known_at").asString()).isEqualTo(knownAt.toString());
      assertThat(read.has("known_usage")).isFalse();
      assertThat(read.path("positions")).hasSize(1);
      return Optional.of(read.at("/rows/0/used").asString());
    } catch (Refusal e) {
      assertThat(e.code()).isEqualTo(ProblemCode.DAY_NOT_OVER);
      return Optional.empty();
    }
  }

  private void assertRefused(LocalDate knownAt, ProblemCode code) {
    assertThatThrownBy(() -> json(JANUARY, true, Optional.of(knownAt))).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
