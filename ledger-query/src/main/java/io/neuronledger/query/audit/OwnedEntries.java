package io.neuronledger.query.audit;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.ENTRY;
import static io.neuronledger.query.db.Tables.PARTITION;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.entry.OwnedEntriesPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.StoredBlocks;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.request.Page;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Table;
import tools.jackson.databind.json.JsonMapper;

/** Reads the entries of all owners that a transaction or a block caused, by partition and seq. */
final class OwnedEntries {
  private static final String OF_TRANSACTION = "transaction-entries1";
  private static final String OF_BLOCK = "block-entries1";
  private static final Field<Boolean> QUARANTINED =
      field(condition(Visibility.quarantined("entry.owner"))).as("quarantined");

  private final EntryReader reader;

  OwnedEntries(JsonMapper json) {
    this.reader = new EntryReader(json);
  }

  OwnedEntriesPage ofTransaction(Hash transaction, Page page, AsOf asOf, DSLContext db) {
    return page(OF_TRANSACTION, transaction.value(), EntryStreams.ofTransaction(transaction), noCondition(),
        List.of(ENTRY.PARTITION, ENTRY.SEQ), page, asOf, db);
  }

  /** @throws Refusal if the block precedes the first one followed, or is not sealed in every partition yet */
  OwnedEntriesPage ofBlock(long block, Page page, AsOf asOf, DSLContext db) {
    long first = db.select(BLOCKS_POSITION.FIRST_BLOCK).from(BLOCKS_POSITION).fetchSingle().value1();
    StoredBlocks.requireFollowed(block, "block " + block, first, asOf);
    if (block > asOf.block()) {
      throw Refusal.at(asOf, ProblemCode.BLOCK_NOT_REACHED, "block " + block + " is not sealed in every partition yet");
    }
    return page(OF_BLOCK, String.valueOf(block), ENTRY, ENTRY.BLOCK.eq(block),
        List.of(ENTRY.BLOCK, ENTRY.PARTITION, ENTRY.SEQ), page, asOf, db);
  }

  private OwnedEntriesPage page(String list, String of, Table<?> from, Condition wanted, List<OrderField<?>> order,
      Page page, AsOf asOf, DSLContext db) {
    Condition after = page.after(list, 3).map(parts -> laterThan(of, parts)).orElse(noCondition());
    List<Record> rows = List.copyOf(db.select(ENTRY.fields()).select(QUARANTINED).from(from)
        .join(PARTITION).on(PARTITION.PARTITION_.eq(ENTRY.PARTITION))
        .where(wanted, after, condition(Visibility.seesRecord("entry", "{0}"), val(asOf.block())))
        .orderBy(order).limit(page.limit() + 1).fetch());
    List<OwnedEntriesPage.Line> shown = rows.stream().limit(page.limit()).map(this::line).toList();
    boolean hasMore = rows.size() > page.limit();
    return new OwnedEntriesPage(asOf, shown, hasMore, hasMore
        ? Optional.of(Page.cursor(list, of, String.valueOf(shown.getLast().entry().id().partition()),
            String.valueOf(shown.getLast().entry().id().seq())))
        : Optional.empty());
  }

  private OwnedEntriesPage.Line line(Record row) {
    return new OwnedEntriesPage.Line(row.get(ENTRY.OWNER), row.get(QUARANTINED), reader.view(row));
  }

  private static Condition laterThan(String of, List<String> parts) {
    try {
      if (parts.getFirst().equals(of)) {
        return row(ENTRY.PARTITION, ENTRY.SEQ).gt(Integer.parseInt(parts.get(1)), Long.parseLong(parts.get(2)));
      }
    } catch (NumberFormatException e) {
      throw Page.badCursor();
    }
    throw Page.badCursor();
  }
}
