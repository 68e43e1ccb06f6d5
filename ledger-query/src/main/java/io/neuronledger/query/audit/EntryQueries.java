package io.neuronledger.query.audit;

import static io.neuronledger.query.db.Tables.ENTRY;
import static org.jooq.impl.DSL.noCondition;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.databind.json.JsonMapper;

/** Reads pages of an owner's journal along its index. */
final class EntryQueries {
  private final EntryReader reader;

  EntryQueries(JsonMapper json) {
    this.reader = new EntryReader(json);
  }

  /** @param after the end of the previous page; empty for the newest page */
  EntriesPage entries(WalletAddress owner, int limit, Optional<Cursor> after, ReadPoint at, DSLContext db) {
    List<Record> rows = List.copyOf(db.select(ENTRY.fields()).from(ENTRY)
        .where(ENTRY.OWNER.eq(owner), at.sees(ENTRY), after.map(Cursor::seq).map(ENTRY.SEQ::lt).orElse(noCondition()))
        .orderBy(ENTRY.SEQ.desc())
        .limit(limit + 1)
        .fetch());
    if (rows.isEmpty() && after.isEmpty()) {
      throw Refusal.at(at.asOf(), ProblemCode.LEDGER_NOT_FOUND,
          owner + " has no entries up to block " + at.block());
    }
    List<Record> shown = rows.subList(0, Math.min(limit, rows.size()));
    Optional<String> next = rows.size() > limit
        ? Optional.of(new Cursor(owner, shown.getLast().get(ENTRY.SEQ)).toString())
        : Optional.empty();
    return new EntriesPage(at.asOf(), at.quarantined(), owner, shown.stream().map(reader::view).toList(), next);
  }
}
