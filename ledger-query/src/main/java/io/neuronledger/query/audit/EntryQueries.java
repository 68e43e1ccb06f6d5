package io.neuronledger.query.audit;

import static io.neuronledger.query.db.Tables.ENTRY;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.audit.EntryStream.Range;
import io.neuronledger.query.problem.BadCursor;
import io.neuronledger.query.request.Page;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads pages of an owner's journal along its indexes. A page looks at a bounded number of entries: where few of them
 * match, it ends before it is full, and its cursor goes on from there.
 */
final class EntryQueries {
  private static final String LIST = "entries2";
  private static final int CURSOR_PARTS = 3;
  private static final Pattern SEQ = Pattern.compile("\\d{1,18}");
  private static final String QUERY_CANCELED = "57014";
  /** Over all streams, beside what a full page needs. */
  private static final int SCANNED_MAX = 5_000;

  /**
   * For the rest of the transaction, a plan that sorts is the last choice. What the planner expects of one owner may be
   * far from what is there, and a plan that collects all entries of the owner and sorts them looks as good to it.
   */
  private static final List<Field<String>> NO_SORTS = Stream.of("enable_sort", "enable_incremental_sort")
      .map(name -> field("set_config({0}, 'off', true)", String.class, inline(name))).toList();

  private final EntryReader reader;
  private final int scannedMax;

  EntryQueries(JsonMapper json) {
    this(json, SCANNED_MAX);
  }

  /** @param scannedMax how many entries a page looks at, beside what a full page needs; above zero */
  EntryQueries(JsonMapper json, int scannedMax) {
    this.reader = new EntryReader(json);
    this.scannedMax = scannedMax;
  }

  /** @throws Refusal if the owner has no entries at all, or the cursor is of another journal or order */
  EntriesPage page(WalletAddress owner, EntryFilter filter, EntryOrder order, Page page, ReadPoint at, DSLContext db) {
    OptionalLong after = after(owner, order, page);
    db.select(NO_SORTS).fetch();
    Condition seen = at.sees(ENTRY);
    if (after.isEmpty()) {
      requireEntries(owner, seen, at, db);
    }
    EntryStreams streams = new EntryStreams(owner, db);
    Range period = streams.within(filter.period().from(), filter.period().until());
    Found found = filter.transaction().isPresent()
        ? ofTransaction(owner, filter, order, rest(period, order, after), page.limit(), seen, db)
        : along(streams.of(filter), filter, order, rest(period, order, after), page.limit(), seen, db);
    return new EntriesPage(at.asOf(), at.quarantined(), owner, found.rows.stream().map(reader::view).toList(),
        order.count() ? OptionalLong.of(count(owner, filter, period, seen, db)) : OptionalLong.empty(),
        found.end.isPresent(), found.end.stream().mapToObj(end ->
            Page.cursor(LIST, owner.value(), order.word(), String.valueOf(end))).findFirst());
  }

  /**
   * Entries of a page.
   *
   * @param end the seq after which the next page begins; absent where there is none
   */
  private record Found(List<Record> rows, OptionalLong end) {
    static Found of(List<Record> rows, int limit) {
      return rows.size() > limit
          ? new Found(rows.subList(0, limit), OptionalLong.of(rows.get(limit - 1).get(ENTRY.SEQ)))
          : new Found(rows, OptionalLong.empty());
    }
  }

  private static OptionalLong after(WalletAddress owner, EntryOrder order, Page page) {
    return page.after(LIST, CURSOR_PARTS).map(parts -> {
      if (!parts.get(0).equals(owner.value()) || !parts.get(1).equals(order.word())
          || !SEQ.matcher(parts.get(2)).matches()) {
        throw new BadCursor("journal in the same order");
      }
      return OptionalLong.of(Long.parseLong(parts.get(2)));
    }).orElse(OptionalLong.empty());
  }

  private static Range rest(Range period, EntryOrder order, OptionalLong after) {
    if (after.isEmpty()) {
      return period;
    }
    return order.ascending() ? period.from(after.getAsLong() + 1) : period.until(after.getAsLong());
  }

  private static void requireEntries(WalletAddress owner, Condition seen, ReadPoint at, DSLContext db) {
    if (db.fetch(EntryStream.of(owner).entries(Range.ALL, true, seen).limit(inline(1))).isEmpty()) {
      throw Refusal.at(at.asOf(), ProblemCode.LEDGER_NOT_FOUND,
          owner + " has no entries up to block " + at.block());
    }
  }

  /** A transaction has few entries of one owner: all of them are found, and sorted. */
  private static Found ofTransaction(WalletAddress owner, EntryFilter filter, EntryOrder order, Range range, int limit,
      Condition seen, DSLContext db) {
    return Found.of(List.copyOf(db.select(ENTRY.fields())
        .from(ofTransaction(filter.transaction().orElseThrow()))
        .where(ENTRY.OWNER.eq(owner), ENTRY.SEQ.ge(range.from()), ENTRY.SEQ.lt(range.until()), filter.condition(), seen)
        .orderBy(bySeq(order)).limit(inline(limit + 1)).fetch()), limit);
  }

  /** The entries of a transaction under the name of their table. The offset of 0 keeps other indexes out of it. */
  static Table<?> ofTransaction(Hash transaction) {
    return selectFrom(ENTRY).where(ENTRY.TRANSACTION_HASH.eq(transaction)).offset(inline(0)).asTable(ENTRY.getName());
  }

  private Found along(List<EntryStream> streams, EntryFilter filter, EntryOrder order, Range range, int limit,
      Condition seen, DSLContext db) {
    if (streams.isEmpty()) {
      return new Found(List.of(), OptionalLong.empty());
    }
    int scanned = Math.max(limit + 1, scannedMax / streams.size());
    Select<Record> matching = streams.stream()
        .map(stream -> matching(stream, filter, order, range, limit, scanned, seen))
        .reduce(Select::unionAll).orElseThrow();
    Found found = Found.of(List.copyOf(db.fetch(streams.size() == 1 ? matching
        : select(ENTRY.fields()).from(matching.asTable(ENTRY.getName())).orderBy(bySeq(order))
            .limit(inline(limit + 1)))), limit);
    if (streams.size() == 1 && found.end.isPresent()) {
      return found;
    }
    OptionalLong frontier = frontier(streams, order, range, scanned, seen, db);
    return frontier.isPresent() ? before(found, frontier.getAsLong(), order) : found;
  }

  private static Select<Record> matching(EntryStream stream, EntryFilter filter, EntryOrder order, Range range,
      int limit, int scanned, Condition seen) {
    Select<Record> looked = stream.entries(range, order.ascending(), seen).limit(inline(scanned));
    return select(ENTRY.fields()).from(looked.asTable(ENTRY.getName())).where(filter.condition())
        .orderBy(stream.order(order.ascending())).limit(inline(limit + 1));
  }

  /** The seq up to which every stream was looked at; absent where all of them were to their ends. */
  private static OptionalLong frontier(List<EntryStream> streams, EntryOrder order, Range range, int scanned,
      Condition seen, DSLContext db) {
    Select<Record1<Long>> lasts = streams.stream()
        .<Select<Record1<Long>>>map(stream -> stream.last(scanned, range, order.ascending(), seen))
        .reduce(Select::unionAll).orElseThrow();
    Stream<Long> seqs = db.fetch(lasts).stream().map(Record1::value1);
    Optional<Long> frontier = order.ascending() ? seqs.min(Long::compare) : seqs.max(Long::compare);
    return frontier.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Found before(Found found, long frontier, EntryOrder order) {
    List<Record> rows = found.rows.stream().filter(row ->
        order.ascending() ? row.get(ENTRY.SEQ) <= frontier : row.get(ENTRY.SEQ) >= frontier).toList();
    return found.end.isPresent() && rows.size() == found.rows.size() ? found
        : new Found(rows, OptionalLong.of(frontier));
  }

  private static SortField<Long> bySeq(EntryOrder order) {
    return order.ascending() ? ENTRY.SEQ.asc() : ENTRY.SEQ.desc();
  }

  private static long count(WalletAddress owner, EntryFilter filter, Range range, Condition seen, DSLContext db) {
    try {
      return db.fetchCount(filter.transaction().isPresent()
          ? select(ENTRY.SEQ).from(ofTransaction(filter.transaction().get()))
              .where(ENTRY.OWNER.eq(owner), filter.condition(), seen)
          : select(ENTRY.SEQ).from(ENTRY).where(ENTRY.OWNER.eq(owner), ENTRY.SEQ.ge(range.from()),
              ENTRY.SEQ.lt(range.until()), filter.condition(), seen));
    } catch (DataAccessException e) {
      if (e.sqlState().equals(QUERY_CANCELED)) {
        throw new Refusal(ProblemCode.DEADLINE_EXCEEDED,
            "counting took too long: ask for a shorter period or a narrower filter, or without count");
      }
      throw e;
    }
  }
}
