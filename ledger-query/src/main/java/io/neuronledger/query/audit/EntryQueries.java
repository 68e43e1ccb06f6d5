package io.neuronledger.query.audit;

import static io.neuronledger.query.db.Tables.ENTRY;

import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.EntriesPage;
import io.neuronledger.contracts.view.EntryView;
import io.neuronledger.query.asof.Standpoint;
import io.neuronledger.query.problem.Refusal;
import io.neuronledger.query.problem.Refused;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import tools.jackson.databind.json.JsonMapper;

/** Pages of an owner's journal, read along its index. */
final class EntryQueries {
  private final EntryJson json;

  EntryQueries(JsonMapper json) {
    this.json = new EntryJson(json);
  }

  /** @param behind where the page before ended; absent for the newest */
  EntriesPage entries(WalletAddress owner, int limit, Optional<Cursor> behind, Standpoint at, DSLContext db) {
    long below = Math.min(at.sealedSeq(), behind.map(Cursor::seq).orElse(Long.MAX_VALUE));
    List<Record> rows = List.copyOf(db.selectFrom(ENTRY)
        .where(ENTRY.OWNER.eq(owner), ENTRY.SEQ.lt(below))
        .orderBy(ENTRY.SEQ.desc())
        .limit(limit + 1)
        .fetch());
    if (rows.isEmpty() && behind.isEmpty()) {
      throw Refused.at(at.asOf(), Refusal.LEDGER_NOT_FOUND,
          "up to block " + at.block() + " nothing happened to " + owner);
    }
    List<Record> shown = rows.subList(0, Math.min(limit, rows.size()));
    Optional<String> next = rows.size() > limit
        ? Optional.of(new Cursor(owner, shown.getLast().get(ENTRY.SEQ)).toString())
        : Optional.empty();
    return new EntriesPage(at.asOf(), at.quarantined(), owner, shown.stream().map(this::view).toList(), next);
  }

  private EntryView view(Record row) {
    return new EntryView(row.get(ENTRY.LANE) + "-" + row.get(ENTRY.SEQ), row.get(ENTRY.TYPE),
        Optional.ofNullable(row.get(ENTRY.PROVIDER)), Optional.ofNullable(row.get(ENTRY.SERVICE)),
        Optional.ofNullable(row.get(ENTRY.AMOUNT)), json.details(row.get(ENTRY.DETAILS).data()),
        json.postings(row.get(ENTRY.POSTINGS).data()), after(row),
        new ChainPosition(row.get(ENTRY.BLOCK), row.get(ENTRY.TRANSACTION_INDEX), row.get(ENTRY.STEP)),
        row.get(ENTRY.BRANCH), row.get(ENTRY.BLOCK_HASH), row.get(ENTRY.BLOCK_TIME),
        Optional.ofNullable(row.get(ENTRY.EVIDENCE)).map(JSONB::data).map(json::evidence),
        row.get(ENTRY.RECORDED_AT), row.get(ENTRY.RETRACTED));
  }

  private EntryView.After after(Record row) {
    Neuron available = row.get(ENTRY.AVAILABLE_AFTER);
    Neuron locked = row.get(ENTRY.LOCKED_AFTER);
    return new EntryView.After(row.get(ENTRY.OPEN_AFTER), available, locked, available.plus(locked),
        json.subAccounts(row.get(ENTRY.SUB_ACCOUNTS_AFTER).data()));
  }
}
