package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.db.tables.Discrepancy;
import io.neuronledger.query.db.tables.Entry;
import io.neuronledger.query.db.tables.LedgerState;
import io.neuronledger.query.db.tables.Settlement;
import io.neuronledger.query.db.tables.SubAccountState;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;

/**
 * The point that an answer about one owner is as of. Visible is a row whose block is at most the answer's and whose
 * position in the partition is before {@code sealedSeq}. The seal may be of a later block than the answer's.
 *
 * @param sealedSeq the seq, in the partition, of the last seal, or of that at which the owner's answers are frozen
 * @param newestBlock the block of the newest state, which is the answer's or a later one
 * @param quarantined whether the owner's answers are frozen there
 * @param past whether the caller asked for a past state, or a final one
 */
public record ReadPoint(int partition, long sealedSeq, AsOf asOf, long newestBlock, boolean quarantined,
    boolean past) {
  public long block() {
    return asOf.block();
  }

  /** The parameters of the conditions {@code sees}, by name. */
  public Map<String, Object> parameters() {
    return Map.of("block", block(), "sealed_seq", sealedSeq);
  }

  public Condition sees(LedgerState state) {
    return sees(state.BLOCK, state.MARK_SEQ);
  }

  /** What the newest answer would see. */
  public Condition seesToday(LedgerState state) {
    return state.BLOCK.le(newestBlock).and(precedesSeal(state.MARK_SEQ));
  }

  /** What the newest answer would see. */
  public Condition seesToday(SubAccountState state) {
    return state.BLOCK.le(newestBlock).and(precedesSeal(state.MARK_SEQ));
  }

  public Condition sees(SubAccountState state) {
    return sees(state.BLOCK, state.MARK_SEQ);
  }

  /** What an answer as of an earlier block would see, or, with its own block, what this one sees. */
  public Condition seesUntil(long earlier, LedgerState state) {
    return state.BLOCK.le(earlier).and(precedesSeal(state.MARK_SEQ));
  }

  /** As {@link #seesUntil(long, LedgerState)}. */
  public Condition seesUntil(long earlier, SubAccountState state) {
    return state.BLOCK.le(earlier).and(precedesSeal(state.MARK_SEQ));
  }

  /** Whether an entry is sealed, whatever its block. */
  public Condition seals(Entry entry) {
    return precedesSeal(entry.SEQ);
  }

  /** The seq at which the owner's answers are frozen; empty for an owner that is not quarantined. */
  public OptionalLong frozenAt() {
    return quarantined ? OptionalLong.of(sealedSeq) : OptionalLong.empty();
  }

  /** A settlement, of any branch: a retracted one also of a block after the answer's. */
  public Condition seesOfAnyBranch(Settlement settlement) {
    return seesRecord(settlement.BLOCK, settlement.SEQ);
  }

  /** The journal keeps retracted entries, also of blocks after the answer's. */
  public Condition sees(Entry entry) {
    return seesRecord(entry.BLOCK, entry.SEQ);
  }

  /** As {@link #sees(Entry)}: broken rules that were taken back are kept too. */
  public Condition sees(Discrepancy discrepancy) {
    return seesRecord(discrepancy.BLOCK, discrepancy.SEQ);
  }

  /**
   * A record of a later block is shown only with what took it back. A retraction counts from its first block on, as the
   * entries do that carry its negated sums: while the topic of blocks lags the partition, an answer has neither.
   */
  private Condition seesRecord(Field<Long> block, Field<Long> seq) {
    Field<Long> lastRetraction = field(select(max(PARTITION_RETRACTION.SEQ)).from(PARTITION_RETRACTION)
        .where(PARTITION_RETRACTION.PARTITION.eq(partition), PARTITION_RETRACTION.FROM_BLOCK.le(block())));
    return precedesSeal(seq).and(block.le(block()).or(seq.lt(coalesce(lastRetraction, inline(0L)))));
  }

  private Condition sees(Field<Long> block, Field<Long> position) {
    return block.le(param("block", block())).and(precedesSeal(position));
  }

  private Condition precedesSeal(Field<Long> position) {
    return position.lt(param("sealed_seq", sealedSeq));
  }

  /** The order of an account's states. */
  public static List<SortField<Long>> newestFirst(LedgerState state) {
    return List.of(state.BLOCK.desc(), state.MARK_SEQ.desc());
  }

  /** The order of an account's states. */
  public static List<SortField<Long>> newestFirst(SubAccountState state) {
    return List.of(state.BLOCK.desc(), state.MARK_SEQ.desc());
  }
}
