package io.neuronledger.query.audit.journal;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.val;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectSeekStepN;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * Rows in the order of their seq, along one index. The condition is a range of that index's columns, and the order
 * names all of them: no other index gives this order, so that a plan without a sort can only be along it.
 *
 * @param fields the columns of the index before seq
 * @param values those of the rows
 * @param indexed the predicate of a partial index
 */
public record SeqIndex(Table<?> table, List<Field<?>> fields, List<Field<?>> values, Field<Long> seq,
    Condition indexed) {
  private static final String NTH = "nth";
  private static final String MATCHES = "matches";
  private static final List<Field<String>> NO_SORTS = Stream.of("enable_sort", "enable_incremental_sort")
      .map(setting -> field("set_config({0}, 'off', true)", String.class, inline(setting))).toList();

  /** An index of all rows of a table. */
  public SeqIndex(Table<?> table, Field<?> field, Field<?> value, Field<Long> seq) {
    this(table, List.of(field), List.of(value), seq, noCondition());
  }

  /**
   * For the rest of the transaction, a plan that sorts is the last choice. What the planner expects of one owner may be
   * far from what is there, and a plan that collects all entries of the owner and sorts them looks as good to it.
   */
  public static void avoidSorts(DSLContext db) {
    db.select(NO_SORTS).fetch();
  }

  /**
   * Rows of a scan.
   *
   * @param rows those that match, in order; at most as many as wanted, and all those with the seq of the last one
   * @param end the seq up to which all matching rows were found; absent where that is the end of the range
   */
  record Scanned(List<Record> rows, OptionalLong end) {}

  /**
   * Finds {@code many} matching rows among the first {@code scanned} ones, in one statement: the last row that is
   * looked at comes along, whether it matches or not.
   *
   * @param seen which rows exist for the answer
   * @param wanted which of them match
   * @param scanned not less than {@code many}
   */
  Scanned scan(SeqRange range, boolean ascending, Condition seen, Condition wanted, int many, int scanned,
      DSLContext db) {
    Field<Integer> nth = rowNumber().over().orderBy(order(ascending)).as(NTH);
    Select<Record> looked = select(table.fields()).select(nth).from(table).where(in(range), seen)
        .orderBy(order(ascending)).limit(inline(scanned)).withTies();
    Field<Integer> place = field(name(table.getName(), NTH), SQLDataType.INTEGER);
    Condition matches = trueCondition().and(wanted);
    List<Record> found = List.copyOf(db.select(table.fields()).select(place, field(matches).as(MATCHES))
        .from(looked.asTable(table.getName())).where(matches.or(place.eq(inline(scanned))))
        .orderBy(order(ascending)).limit(inline(many)).withTies().fetch());
    boolean isLooked = found.stream().anyMatch(row -> row.get(NTH, Integer.class) == scanned);
    // NULL for what lacks a column that is asked for: it does not match.
    return new Scanned(found.stream().filter(row -> Boolean.TRUE.equals(row.get(MATCHES, Boolean.class))).toList(),
        found.size() >= many || isLooked ? OptionalLong.of(found.getLast().get(seq)) : OptionalLong.empty());
  }

  /** The rows of the range, in order. */
  public SelectSeekStepN<Record> rows(SeqRange range, boolean ascending, Condition seen) {
    return select(table.fields()).from(table).where(in(range), seen).orderBy(order(ascending));
  }

  /** The number of rows of the range that match. */
  int count(SeqRange range, Condition wanted, DSLContext db) {
    return db.fetchCount(select(seq).from(table).where(in(range), wanted));
  }

  private Condition in(SeqRange range) {
    List<Field<?>> columns = with(fields, seq);
    return row(columns).ge(row(with(values, val(range.from()))))
        .and(row(columns).lt(row(with(values, val(range.until())))))
        .and(indexed);
  }

  /** By seq, in the words of the index. */
  private List<OrderField<?>> order(boolean ascending) {
    List<OrderField<?>> order = new ArrayList<>();
    with(fields, seq).forEach(field -> order.add(ascending ? field.asc() : field.desc()));
    return order;
  }

  private static List<Field<?>> with(List<Field<?>> some, Field<?> last) {
    List<Field<?>> all = new ArrayList<>(some);
    all.add(last);
    return all;
  }
}
