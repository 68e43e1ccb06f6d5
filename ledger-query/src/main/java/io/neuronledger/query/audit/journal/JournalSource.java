package io.neuronledger.query.audit.journal;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import io.neuronledger.contracts.view.entry.EntryView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/**
 * A part of a journal: the rows of one index that match its filter.
 *
 * @param line the column of a line's number in its event, where an event has several
 * @param range where the matching rows are
 * @param seen which rows exist for the answer
 * @param wanted which of them match
 * @param view of a row
 */
public record JournalSource(SeqIndex index, Optional<Field<Integer>> line, SeqRange range, Condition seen,
    Condition wanted, Function<Record, EntryView> view) {
  /**
   * Lines of a page.
   *
   * @param end the seq up to which the source was looked at; absent where that was to its end
   */
  public record Lines(List<EntryView> lines, OptionalLong end) {}

  /** A source whose events have one line each. */
  public JournalSource(SeqIndex index, SeqRange range, Condition seen, Condition wanted,
      Function<Record, EntryView> view) {
    this(index, Optional.empty(), range, seen, wanted, view);
  }

  /**
   * At least {@code many} lines after a place, if there are so many among the next {@code scanned}; those of one event
   * come together, in any order.
   *
   * @param scanned not less than {@code many}
   */
  public Lines after(Optional<LinePlace> place, boolean ascending, int many, int scanned, DSLContext db) {
    SeqRange rest = place.map(after -> rest(after, ascending)).orElse(range);
    // Not among what is looked at: an event may have more lines than that.
    Condition later = place.flatMap(after -> line.map(number -> later(after, number, ascending))).orElse(noCondition());
    SeqIndex.Scanned found = index.scan(rest, ascending, seen.and(later), wanted, many, scanned, db);
    return new Lines(found.rows().stream().map(view).toList(), found.end());
  }

  private SeqRange rest(LinePlace after, boolean ascending) {
    int whole = line.isPresent() ? 0 : 1;
    return ascending ? range.from(after.seq() + whole) : range.until(after.seq() + 1 - whole);
  }

  private Condition later(LinePlace after, Field<Integer> number, boolean ascending) {
    return ascending
        ? row(index.seq(), number).gt(after.seq(), after.line())
        : row(index.seq(), number).lt(after.seq(), after.line());
  }

  /** Whether no row exists for the answer, matching or not. */
  public boolean isEmpty(DSLContext db) {
    return db.fetch(index.rows(range, true, seen).limit(inline(1))).isEmpty();
  }

  /** The number of all its lines. */
  public int count(DSLContext db) {
    return index.count(range, seen.and(wanted), db);
  }
}
