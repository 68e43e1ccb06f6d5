package io.neuronledger.query.audit.journal;

import static io.neuronledger.query.db.Tables.ENTRY;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.asof.ReadPoint;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Up to where a journal shows what comes from off chain. It belongs to no block, and stands among the entries of blocks
 * by its seq: it is shown together with the entries before it. So a journal only grows at its end, whatever is sealed
 * when.
 */
final class Horizon {
  private Horizon() {}

  /** The seq of the owner's first entry that is not sealed yet; beyond every seq where there is none. */
  static long of(WalletAddress owner, ReadPoint at, DSLContext db) {
    if (at.frozenAt().isPresent()) {
      return at.frozenAt().getAsLong();
    }
    SeqIndex entries = new SeqIndex(ENTRY, ENTRY.OWNER, val(owner, ENTRY.OWNER), ENTRY.SEQ);
    List<Long> last = seq(entries, SeqRange.ALL, false, at.sees(ENTRY), db);
    SeqRange later = last.isEmpty() ? SeqRange.ALL : SeqRange.ALL.from(last.getFirst() + 1);
    return seq(entries, later, true, noCondition(), db).stream().findFirst().orElse(SeqRange.END);
  }

  private static List<Long> seq(SeqIndex entries, SeqRange range, boolean ascending, Condition seen, DSLContext db) {
    return db.fetch(entries.rows(range, ascending, seen).limit(inline(1))).map((Record row) -> row.get(ENTRY.SEQ));
  }
}
