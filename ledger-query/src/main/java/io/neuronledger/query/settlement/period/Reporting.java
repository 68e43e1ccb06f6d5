package io.neuronledger.query.settlement.period;

import static java.util.Objects.requireNonNull;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.period.FrozenReportAnswer;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.asof.known.Knowledge;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.period.PeriodReport.Content;
import io.neuronledger.query.settlement.period.kept.FrozenReports;
import io.neuronledger.query.settlement.period.kept.ReportDifferences;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes period reports. Of a closed period, the kept one; of the one after it, what is known now with the adjustments
 * of the closed ones; of all other days, what is known now.
 */
public final class Reporting {
  private static final String UNIQUE_VIOLATION = "23505";
  /** The place of a hash until all bytes are written. */
  private static final ReportHash UNKNOWN = new ReportHash("0".repeat(64));

  private final GlobalReads reads;
  private final DSLContext writer;
  private final DSLContext live;
  private final FrozenReports kept;
  private final ReportDifferences differences = new ReportDifferences();
  private final JsonMapper stored;
  private final JsonMapper frozen;
  private final int keptMax;
  private final Clock clock;
  private final PeriodQueries queries = new PeriodQueries();
  /** A freeze writes a whole report, for which it holds a connection that writes. */
  private final Lock freezing = new ReentrantLock();

  /**
   * @param writer writes beside the generations
   * @param live writes to the live generation
   * @param beside the schema there, as SQL
   * @param stored the JSON of events
   * @param frozen the JSON of answers in neuron: that of the kept bytes
   * @param keptMax the most reports of a period that is not closed; above zero
   */
  public Reporting(GlobalReads reads, DSLContext writer, DSLContext live, String beside, JsonMapper stored,
      JsonMapper frozen, int keptMax, Clock clock) {
    this.reads = reads;
    this.writer = writer;
    this.live = live;
    this.kept = new FrozenReports(beside);
    this.stored = stored;
    this.frozen = frozen;
    this.keptMax = keptMax;
    this.clock = clock;
  }

  FrozenReports kept() {
    return kept;
  }

  Books books(DSLContext db) {
    return Books.read(db, stored);
  }

  GlobalReads reads() {
    return reads;
  }

  /**
   * What is known of the report that a period is closed by.
   *
   * @param isKept whether its bytes are here
   * @param differedAt when it was made with another hash the last time; empty where it was not
   */
  record Condition(boolean isKept, Optional<Instant> differedAt) {}

  /** Of the closed periods, oldest first. */
  SortedMap<AccountingPeriod, Condition> conditions() {
    return reads.now(db -> conditions(books(db).closed(), db));
  }

  Condition condition(AccountingPeriod period, FrozenReport report) {
    return requireNonNull(reads.now(db -> conditions(new TreeMap<>(Map.of(period, report)), db)).get(period));
  }

  private SortedMap<AccountingPeriod, Condition> conditions(SortedMap<AccountingPeriod, FrozenReport> reports,
      DSLContext db) {
    Map<AccountingPeriod, UUID> numbers = kept.numbers(reports, db);
    Map<AccountingPeriod, Instant> checked = differences.checkedAt(reports, db);
    SortedMap<AccountingPeriod, Condition> found = new TreeMap<>();
    reports.keySet().forEach(period -> found.put(period,
        new Condition(numbers.containsKey(period), Optional.ofNullable(checked.get(period)))));
    return found;
  }

  /**
   * What a report says at this point, or at the end of the day that the request names.
   *
   * @throws Refusal if the read model does not have all of that day yet, or nothing until then
   */
  Content content(PeriodFilter filter, AsOf newest, DSLContext db) {
    Optional<AccountingPeriod> period = exactly(filter.period());
    Optional<Knowledge> then = filter.knownAt().map(day -> Knowledge.of(day, Optional.empty(), newest, db));
    Books books = then.map(known -> Books.read(known.positions().getFirst(), db, stored)).orElseGet(() -> books(db));
    Optional<FrozenReport> closed = period.flatMap(books::closedBy);
    if (period.isPresent() && closed.isPresent()) {
      FrozenReport report = closed.get();
      UUID number = numbers(new TreeMap<>(Map.of(period.get(), report)), db).getFirst();
      return content(filter, period.get(), report,
          PeriodLines.kept(kept.beside(), period.get(), number, report.previous().isPresent()), db);
    }
    AsOf asOf = then.map(Knowledge::asOf).orElse(newest);
    Optional<PeriodQueries.Known> known =
        then.isPresent() ? Optional.empty() : Optional.of(queries.known(filter, db));
    Optional<RecordsThen> positions = then.map(RecordsThen::of);
    if (period.filter(books::isNext).isPresent()) {
      SortedMap<AccountingPeriod, FrozenReport> before = books.closedBefore(period.get());
      List<UUID> numbers = numbers(before, db);
      PeriodLines lines = positions
          .map(point -> PeriodLines.then(kept.beside(), period.get(), asOf.block(), numbers, point))
          .orElseGet(() -> PeriodLines.now(kept.beside(), period.get(), asOf.block(), numbers));
      return new Content(asOf, known, period, last(before), positions,
          each -> lines.rows(filter.provider(), filter.bySubAccount(), db, each),
          each -> lines.adjustments(filter.provider(), filter.bySubAccount(), db, each));
    }
    return new Content(asOf, known, period, Optional.empty(), positions, each -> positions.ifPresentOrElse(
        point -> queries.each(filter, asOf, point, db, each), () -> queries.each(filter, asOf, db, each)), _ -> { });
  }

  /**
   * What rows are as of.
   *
   * @param then of a closed period and of the end of a day, the records that were known; absent where it is all
   */
  public record Point(AsOf asOf, Optional<RecordsThen> then) {}

  /**
   * Streams the rows of the report, ordered by provider, owner and service.
   *
   * @return what they are as of: of a closed period that of its report, of the end of a day what was known then, else
   *     {@code newest}
   */
  public Point rows(PeriodFilter filter, AsOf newest, DSLContext db, Consumer<PeriodRow> each) {
    Content content = content(filter, newest, db);
    content.rows().accept(each);
    return new Point(content.asOf(), content.then());
  }

  private static Content content(PeriodFilter filter, AccountingPeriod period, FrozenReport report,
      PeriodLines lines, DSLContext db) {
    return new Content(new AsOf(report.block(), report.blockHash(), report.blockTime(), report.finalized(),
        Optional.empty(), false), Optional.empty(), Optional.of(period), report.previous(),
        Optional.of(RecordsThen.of(report)),
        each -> lines.rows(filter.provider(), filter.bySubAccount(), db, each),
        each -> lines.adjustments(filter.provider(), filter.bySubAccount(), db, each));
  }

  /** The period that these days are exactly. */
  private static Optional<AccountingPeriod> exactly(Period days) {
    return days.startDate().map(day -> AccountingPeriod.parse(day.toString().substring(0, "2026-10".length())))
        .filter(period -> days.startDate().filter(period.firstDay()::equals).isPresent()
            && days.endDate().filter(period.lastDay()::equals).isPresent());
  }

  /**
   * Keeps the report of a period: of an open one as of now, of a closed one again as of its positions, which shows
   * whether the bytes are still the same: where they are not, that is a discrepancy. One at a time; the others wait.
   *
   * @param by who asks
   * @throws Refusal if the period is not over or not the next one, an owner is in quarantine, or the bytes of a closed
   *     period's report have another hash than the one that it is closed by, or a period that is not closed has too
   *     many reports
   */
  FrozenReportAnswer freeze(AccountingPeriod period, String by, BlockSelector selector) {
    // Whoever waits for a block, or for another freeze, holds no connection.
    reads.answer(selector, (newest, _) -> newest);
    freezing.lock();
    try {
      return freezeAlone(period, by, selector);
    } finally {
      freezing.unlock();
    }
  }

  private FrozenReportAnswer freezeAlone(AccountingPeriod period, String by, BlockSelector selector) {
    while (true) {
      try {
        FrozenReportAnswer answer = reads.answer(selector, (newest, db) -> writer.transactionResult(
            transaction -> freeze(period, by, newest, db, transaction.dsl())));
        differsNoMore(answer);
        return answer;
      } catch (AlreadyKept e) {
        differsNoMore(e.kept);
        return e.kept;
      } catch (Differs e) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        live.transaction(transaction -> differences.add(period, e.closedBy, e.made, now, transaction.dsl()));
        throw new Refusal(ProblemCode.PERIOD_REPORT_DIFFERS, period + " is closed by " + e.closedBy
            + "; from the same positions its report has now the hash " + e.made);
      } catch (DataAccessException e) {
        // Somebody kept the same bytes at the same time: the next attempt finds them.
        if (!UNIQUE_VIOLATION.equals(e.sqlState())) {
          throw e;
        }
      }
    }
  }

  private void differsNoMore(FrozenReportAnswer made) {
    AccountingPeriod period = made.period();
    ReportHash hash = made.report().hash();
    if (condition(period, made.report()).differedAt().isPresent()) {
      live.transaction(transaction -> differences.remove(period, hash, transaction.dsl()));
    }
  }

  /** Rolls back what was written of a report that has another hash than the one that its period is closed by. */
  private static final class Differs extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ReportHash closedBy;
    private final transient ReportHash made;

    private Differs(ReportHash closedBy, ReportHash made) {
      super("differs", null, false, false);
      this.closedBy = closedBy;
      this.made = made;
    }
  }

  /** Rolls back what was written of a report that is kept already. */
  private static final class AlreadyKept extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient FrozenReportAnswer kept;

    private AlreadyKept(FrozenReportAnswer kept) {
      super("kept already", null, false, false);
      this.kept = kept;
    }
  }

  private FrozenReportAnswer freeze(AccountingPeriod period, String by, AsOf newest, DSLContext db,
      DSLContext beside) {
    Books books = books(db);
    SortedMap<AccountingPeriod, FrozenReport> before = books.closedBefore(period);
    List<UUID> numbers = numbers(before, db);
    Optional<ReportHash> previous = last(before);
    Optional<FrozenReport> closed = books.closedBy(period);
    FrozenReport wanted;
    PeriodLines lines;
    if (closed.isPresent()) {
      wanted = closed.get();
      requireRead(wanted.positions(), db);
      lines = PeriodLines.then(kept.beside(), period, wanted.block(), numbers, RecordsThen.of(wanted));
    } else {
      requireFreezable(period, books, newest, db);
      wanted = new FrozenReport(UNKNOWN, previous, newest.block(), newest.blockHash(), newest.blockTime(),
          newest.finalized(), positions(db));
      lines = PeriodLines.now(kept.beside(), period, newest.block(), numbers);
    }
    UUID number = UUID.randomUUID();
    ReportHash hash = write(number, period, wanted, lines, db, beside);
    closed.filter(report -> !report.hash().equals(hash)).ifPresent(report -> {
      throw new Differs(report.hash(), hash);
    });
    kept.find(period, hash, beside).ifPresent(found -> {
      throw new AlreadyKept(found.answer());
    });
    if (closed.isEmpty() && kept.count(period, beside) >= keptMax) {
      throw new Refusal(ProblemCode.TOO_MANY_KEPT_REPORTS, keptMax + " different reports of " + period
          + " are kept already: close it by one of them");
    }
    FrozenReportAnswer answer = new FrozenReportAnswer(period, new FrozenReport(hash, wanted.previous(),
        wanted.block(), wanted.blockHash(), wanted.blockTime(), wanted.finalized(), wanted.positions()), by,
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
    kept.add(number, answer, beside);
    return answer;
  }

  private ReportHash write(UUID number, AccountingPeriod period, FrozenReport report, PeriodLines lines,
      DSLContext db, DSLContext beside) {
    PeriodFilter whole = new PeriodFilter(Set.of(),
        new Period(Optional.of(period.firstDay()), Optional.of(period.lastDay())), true);
    MessageDigest digest = ReportHash.digest();
    try (FrozenReports.Lines added = kept.lines(number, beside)) {
      Content content = content(whole, period, report, lines, db);
      Content stored = new Content(content.asOf(), content.known(), content.period(), content.previous(),
          content.then(), each -> lines.rows(Set.of(), true, db, row -> {
            added.add(period, row);
            each.accept(row);
          }), each -> lines.earlier(Set.of(), true, db, line -> {
            added.add(line);
            if (lines.adjusts()) {
              each.accept(line);
            }
          }));
      PeriodReport.json(whole, stored, new DigestOutputStream(kept.parts(number, beside), digest), frozen);
    }
    return ReportHash.of(digest);
  }

  private static void requireFreezable(AccountingPeriod period, Books books, AsOf newest, DSLContext db) {
    if (newest.blockTime().isBefore(period.until())) {
      throw Refusal.at(newest, ProblemCode.PERIOD_NOT_OVER,
          period + " ends at " + period.until() + ", and no block of that time or later is sealed yet");
    }
    books.lastClosed().filter(_ -> !books.isNext(period)).ifPresent(last -> {
      throw new Refusal(ProblemCode.PERIOD_OUT_OF_ORDER,
          last + " is the last closed period, so that " + last.next() + " is the next one");
    });
    db.fetch("SELECT '0x' || encode(quarantine.owner, 'hex') AS owner FROM quarantine JOIN partition USING (partition)"
        + " WHERE {0} ORDER BY 1 LIMIT 1", Visibility.quarantineInEffect()).stream().findFirst().ifPresent(row -> {
      throw new Refusal(ProblemCode.OWNER_QUARANTINED, "the report would lack what is parked of "
          + row.get("owner", String.class) + ": release it first");
    });
  }

  private static void requireRead(List<Long> positions, DSLContext db) {
    List<Long> read = positions(db);
    if (read.size() != positions.size()) {
      throw new Refusal(ProblemCode.PERIOD_REPORT_DIFFERS,
          "it is of a ledger with " + positions.size() + " partitions");
    }
    for (int partition = 0; partition < read.size(); partition++) {
      if (read.get(partition) < positions.get(partition)) {
        throw new Refusal(ProblemCode.WRITE_NOT_REACHED,
            "partition " + partition + " has not been read up to the report's position");
      }
    }
  }

  private static List<Long> positions(DSLContext db) {
    return db.fetch("SELECT next_seq FROM partition ORDER BY partition").getValues("next_seq", Long.class);
  }

  private static Optional<ReportHash> last(SortedMap<AccountingPeriod, FrozenReport> before) {
    return List.copyOf(before.values()).reversed().stream().findFirst().map(FrozenReport::hash);
  }

  private List<UUID> numbers(SortedMap<AccountingPeriod, FrozenReport> reports, DSLContext db) {
    SortedMap<AccountingPeriod, UUID> numbers = kept.numbers(reports, db);
    if (numbers.size() < reports.size()) {
      throw new Refusal(ProblemCode.PERIOD_REPORT_NOT_KEPT,
          "the report of a closed period is not here: it is made anew, in order, unless it differs");
    }
    return List.copyOf(numbers.values());
  }
}
