package io.neuronledger.query.asof;

import static org.jooq.impl.DSL.param;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.db.tables.Entry;
import io.neuronledger.query.db.tables.LedgerState;
import io.neuronledger.query.db.tables.Settlement;
import io.neuronledger.query.db.tables.SubAccountState;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;

/**
 * The point that an answer about one owner is as of. Visible is a row whose block is at most the answer's and whose
 * position in the partition is before {@code sealedSeq}.
 *
 * @param sealedSeq the seq, in the partition, of the seal that the owner's newest answers are as of
 * @param quarantined whether the owner's answers are frozen there
 * @param past whether the caller selected a block by {@code at_block}
 */
public record ReadPoint(int partition, long sealedSeq, AsOf asOf, boolean quarantined, boolean past) {
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

  public Condition sees(SubAccountState state) {
    return sees(state.BLOCK, state.MARK_SEQ);
  }

  public Condition sees(Settlement settlement) {
    return sees(settlement.BLOCK, settlement.SEQ);
  }

  /** As {@link #sees(Settlement)}, and the retracted settlements, also of blocks after the answer's. */
  public Condition seesOfAnyBranch(Settlement settlement) {
    return precedesSeal(settlement.SEQ);
  }

  /** The journal has no condition on the block: it keeps retracted entries, also of blocks after the answer's. */
  public Condition sees(Entry entry) {
    return precedesSeal(entry.SEQ);
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
