package io.neuronledger.query.audit;

import static io.neuronledger.query.db.Tables.ENTRY;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectLimitStep;

/**
 * Entries of an owner in the order of their seq, along one index. The condition is a range of that index's columns, and
 * the order names all of them: no other index gives this order, so that a plan without a sort can only be along it.
 *
 * @param fields the columns of the index before seq
 * @param values those of the stream
 * @param indexed the predicate of a partial index
 */
public record EntryStream(List<Field<?>> fields, List<Field<?>> values, Condition indexed) {
  /** Beyond the seq of every entry. */
  static final long END = 1_000_000_000_000_000_000L;

  /** Seqs, from the first one to the one before {@code until}. */
  public record Range(long from, long until) {
    static final Range ALL = new Range(0, END);

    Range from(long seq) {
      return new Range(Math.max(from, seq), until);
    }

    Range until(long seq) {
      return new Range(from, Math.min(until, seq));
    }
  }

  /** All entries of the owner. */
  static EntryStream of(WalletAddress owner) {
    return new EntryStream(List.of(ENTRY.OWNER), List.of(val(owner, ENTRY.OWNER)), noCondition());
  }

  /** @param type not that of most entries */
  static EntryStream ofType(WalletAddress owner, String type) {
    return new EntryStream(List.of(ENTRY.OWNER, ENTRY.TYPE), List.of(val(owner, ENTRY.OWNER), val(type, ENTRY.TYPE)),
        ENTRY.TYPE.ne(inline(Facts.FREQUENT_TYPE)));
  }

  /** @param kind a rare one */
  static EntryStream ofEvidence(WalletAddress owner, EvidenceKind kind) {
    return new EntryStream(List.of(ENTRY.OWNER, ENTRY.EVIDENCE),
        List.of(val(owner, ENTRY.OWNER), val(kind.word(), ENTRY.EVIDENCE)),
        ENTRY.EVIDENCE.in(EvidenceKind.rareWords()));
  }

  /** The entries of the range that an answer sees; the next step limits them. */
  SelectLimitStep<Record> entries(Range range, boolean ascending, Condition seen) {
    return select(ENTRY.fields()).from(ENTRY).where(in(range), seen).orderBy(order(ascending));
  }

  /** The seq of the last one of {@code many} entries; none if there are fewer. */
  Select<Record1<Long>> last(int many, Range range, boolean ascending, Condition seen) {
    return select(ENTRY.SEQ).from(ENTRY).where(in(range), seen).orderBy(order(ascending))
        .limit(inline(1)).offset(inline(many - 1));
  }

  private Condition in(Range range) {
    List<Field<?>> columns = with(fields, ENTRY.SEQ);
    return row(columns).ge(row(with(values, val(range.from))))
        .and(row(columns).lt(row(with(values, val(range.until)))))
        .and(indexed);
  }

  /** By seq, in the words of the index. */
  List<OrderField<?>> order(boolean ascending) {
    List<OrderField<?>> order = new ArrayList<>();
    with(fields, ENTRY.SEQ).forEach(field -> order.add(ascending ? field.asc() : field.desc()));
    return order;
  }

  private static List<Field<?>> with(List<Field<?>> some, Field<?> last) {
    List<Field<?>> all = new ArrayList<>(some);
    all.add(last);
    return all;
  }
}
