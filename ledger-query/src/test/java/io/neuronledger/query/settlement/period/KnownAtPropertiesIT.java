package io.neuronledger.query.settlement.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.request.Period;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import tools.jackson.databind.json.JsonMapper;

/**
 * Some partitions, recorded over some days, with forks, comparisons, late reports, reversals and services that become
 * known: what {@code known_at} answers later is what was answered when the day ended.
 */
class KnownAtPropertiesIT {
  private static final int PARTITIONS = 3;
  private static final int STEPS = 60;
  private static final int DAYS = 5;
  private static final JsonMapper ANSWERS = new AnswerJson(QueryFixture.JSON).in(AnswerUnit.NEURON);
  /** All days, a month, and a part of one; by sub-account and by provider. */
  private static final List<PeriodFilter> FILTERS = List.of(filter("", "", true), filter("", "", false),
      filter("2026-01-01", "2026-01-31", true), filter("2026-01-01", "2026-01-01", true),
      filter("2026-01-02", "", false));

  private static PeriodFilter filter(String first, String last, boolean bySubAccount) {
    return new PeriodFilter(Set.of(), new Period(day(first), day(last)), bySubAccount);
  }

  private static Optional<LocalDate> day(String text) {
    return Optional.of(text).filter(given -> !given.isEmpty()).map(LocalDate::parse);
  }

  /** What an answer says; without one, the refusal is remembered as such. */
  private record Answer(Optional<AsOf> asOf, List<List<PeriodRow>> rows) {}

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  void what_was_known_is_what_was_answered_at_the_end_of_the_day(@ForAll long seed) {
    RecordedDays history = RecordedDays.of(seed, PARTITIONS, STEPS, DAYS);
    Random random = new Random(seed);
    try (QueryFixture fixture = new QueryFixture(PARTITIONS); QueryFixture anew = new QueryFixture(PARTITIONS)) {
      List<Answer> answered = new ArrayList<>();
      int[] read = new int[PARTITIONS + 1];
      for (int day = 0; day < DAYS; day++) {
        read(history, fixture, read, history.ends(day), random);
        answered.add(now(fixture));
        assertRefused(fixture, RecordedDays.date(day), ProblemCode.DAY_NOT_OVER);
      }
      read(history, fixture, read, history.ends(), random);
      assertRefused(fixture, RecordedDays.date(-1), ProblemCode.DAY_BEFORE_START);

      for (int day = 0; day < DAYS; day++) {
        check(fixture, history, day, answered.get(day));
      }
      int[] again = new int[PARTITIONS + 1];
      read(history, anew, again, history.ends(), random);
      for (String table : List.of("partition_day", "service_naming")) {
        assertThat(anew.tables().get(table)).as(table).isEqualTo(fixture.tables().get(table));
      }
      for (int day = 0; day < DAYS; day++) {
        assertThat(bytes(anew, day)).as("made anew").isEqualTo(bytes(fixture, day));
      }
    }
  }

  private static void check(QueryFixture fixture, RecordedDays history, int day, Answer answered) {
    boolean over = history.isOver(day);
    Statistics.label("answer").collect(!over ? "not over" : answered.asOf().isEmpty() ? "none" : "rows");
    if (!over) {
      assertRefused(fixture, RecordedDays.date(day), ProblemCode.DAY_NOT_OVER);
    } else if (answered.asOf().isEmpty()) {
      assertRefused(fixture, RecordedDays.date(day), ProblemCode.DAY_BEFORE_START);
    } else {
      Answer then = then(fixture, RecordedDays.date(day));
      assertThat(then.rows()).as("day " + day).isEqualTo(answered.rows());
      // It may have been as of a later block, of which no partition has a record.
      assertThat(then.asOf().orElseThrow().block()).isLessThanOrEqualTo(answered.asOf().get().block());
      assertThat(history.hashes(day)).contains(then.asOf().orElseThrow().blockHash());
      assertThat(then.asOf().orElseThrow().finalized())
          .isEqualTo(then.asOf().orElseThrow().block() <= history.finalized(day));
    }
  }

  /** Reads up to these ends, in batches of one partition each; the last place is that of the blocks. */
  private static void read(RecordedDays history, QueryFixture fixture, int[] read, int[] ends, Random random) {
    while (!Arrays.equals(read, ends)) {
      int topic = random.nextInt(PARTITIONS + 1);
      int to = Math.min(ends[topic], read[topic] + 1 + random.nextInt(12));
      if (topic == PARTITIONS) {
        List<BlocksRecord> blocks = history.blocks().subList(read[topic], to);
        fixture.processBlocks(blocks);
      } else {
        List<AccountRecord> records = history.events(topic).subList(read[topic], to);
        if (!records.isEmpty()) {
          fixture.processEvents(records);
        }
      }
      read[topic] = to;
    }
  }

  private static Reporting reporting(QueryFixture fixture) {
    return new Reporting(fixture.globalReads(), fixture.db(), fixture.db(), fixture.beside(), QueryFixture.JSON,
        ANSWERS, 3, Clock.systemUTC());
  }

  private static Answer now(QueryFixture fixture) {
    try {
      return ask(fixture, Optional.empty());
    } catch (Refusal e) {
      assertThat(e.code()).isEqualTo(ProblemCode.NOTHING_SEALED);
      return new Answer(Optional.empty(), List.of());
    }
  }

  private static Answer then(QueryFixture fixture, LocalDate day) {
    return ask(fixture, Optional.of(day));
  }

  private static Answer ask(QueryFixture fixture, Optional<LocalDate> day) {
    Reporting reporting = reporting(fixture);
    return fixture.globalReads().answer(QueryFixture.NOW, (newest, db) -> {
      List<List<PeriodRow>> answers = new ArrayList<>();
      AsOf asOf = newest;
      for (PeriodFilter filter : FILTERS) {
        List<PeriodRow> rows = new ArrayList<>();
        asOf = reporting.rows(new PeriodFilter(filter.provider(), filter.period(), filter.bySubAccount(), day), newest,
            db, rows::add).asOf();
        answers.add(rows);
      }
      return new Answer(Optional.of(asOf), answers);
    });
  }

  /** An answer as it is sent, or the code of the refusal. */
  private static String bytes(QueryFixture fixture, int day) {
    PeriodFilter filter = new PeriodFilter(Set.of(), new Period(Optional.empty(), Optional.empty()), true,
        Optional.of(RecordedDays.date(day)));
    Reporting reporting = reporting(fixture);
    try {
      return fixture.globalReads().answer(QueryFixture.NOW, (newest, db) -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PeriodReport.json(filter, reporting.content(filter, newest, db), out, ANSWERS);
        return out.toString(StandardCharsets.UTF_8);
      });
    } catch (Refusal e) {
      return e.code().toString();
    }
  }

  private static void assertRefused(QueryFixture fixture, LocalDate day, ProblemCode code) {
    if (now(fixture).asOf().isPresent()) {
      assertThatThrownBy(() -> then(fixture, day)).isInstanceOfSatisfying(Refusal.class,
          refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
  }
}
