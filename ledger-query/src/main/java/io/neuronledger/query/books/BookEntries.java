package io.neuronledger.query.books;

import static io.neuronledger.query.db.Tables.ENTRY;
import static io.neuronledger.query.db.Tables.PARTITION;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;

import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.audit.journal.SeqIndex;
import io.neuronledger.query.audit.journal.SeqRange;
import io.neuronledger.query.projection.EntryPayload;
import io.neuronledger.query.settlement.period.RecordsThen;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;

/**
 * Streams the entries that books have: those of the chain as it is at the answer's block. What a fork took back is in
 * no book, and neither is the entry that takes it back: together they are nothing.
 */
public final class BookEntries {
  private static final int FETCH_SIZE = 1_000;
  private static final Condition NO_REWIND = ENTRY.TYPE.ne(inline(EventNames.LEDGER_REWOUND));
  private static final Condition OF_THE_CHAIN = ENTRY.RETRACTED.isFalse().and(NO_REWIND);

  private BookEntries() {}

  /**
   * An entry.
   *
   * @param type its stored name
   * @param evidence the kind; empty where the passing of time was the cause
   */
  public record BookEntry(WalletAddress owner, EntryId id, String type, long block, Instant time,
      Optional<Hash> transaction, Optional<String> evidence, LedgerEvent.Posted event) {
    private static BookEntry of(Record row) {
      return new BookEntry(row.get(ENTRY.OWNER), new EntryId(row.get(ENTRY.PARTITION), row.get(ENTRY.SEQ)),
          row.get(ENTRY.TYPE), row.get(ENTRY.BLOCK), row.get(ENTRY.BLOCK_TIME),
          Optional.ofNullable(row.get(ENTRY.TRANSACTION_HASH)), Optional.ofNullable(row.get(ENTRY.EVIDENCE)),
          (LedgerEvent.Posted) EntryPayload.read(row).event());
    }
  }

  /** One owner's entries, from the first one on. */
  public static void of(WalletAddress owner, ReadPoint at, DSLContext db, Consumer<BookEntry> each) {
    stream(db, db.select(ENTRY.fields()).from(ENTRY)
        .where(ENTRY.OWNER.eq(owner), at.seals(ENTRY), ENTRY.BLOCK.le(at.block()), OF_THE_CHAIN)
        .orderBy(ENTRY.OWNER, ENTRY.SEQ), each);
  }

  /**
   * The entries of one owner in a range of blocks.
   *
   * @param after the block before the first one
   * @param last not after the answer's block
   * @param seqs has all of them
   */
  static void between(long after, long last, SeqRange seqs, WalletAddress owner, ReadPoint at, DSLContext db,
      Consumer<BookEntry> each) {
    stream(db, db.select(ENTRY.fields()).from(ENTRY)
        .where(ENTRY.OWNER.eq(owner), ENTRY.SEQ.ge(seqs.from()), ENTRY.SEQ.lt(seqs.until()), at.seals(ENTRY),
            ENTRY.BLOCK.gt(after), ENTRY.BLOCK.le(last), OF_THE_CHAIN)
        .orderBy(ENTRY.OWNER, ENTRY.SEQ), each);
  }

  /** One owner's entries that were known then, from the first one to those of a block. */
  static void of(WalletAddress owner, RecordsThen then, long block, DSLContext db, Consumer<BookEntry> each) {
    stream(db, db.select(ENTRY.fields()).from(ENTRY)
        .where(ENTRY.OWNER.eq(owner), then.entered(), ENTRY.BLOCK.le(block), NO_REWIND)
        .orderBy(ENTRY.OWNER, ENTRY.SEQ), each);
  }

  /** All entries, owner by owner. */
  public static void ofAll(AsOf asOf, DSLContext db, Consumer<BookEntry> each) {
    stream(db, db.select(ENTRY.fields()).from(ENTRY)
        .join(PARTITION).on(PARTITION.PARTITION_.eq(ENTRY.PARTITION))
        .where(ENTRY.BLOCK.le(asOf.block()), condition(Visibility.seals("entry")), OF_THE_CHAIN)
        .orderBy(ENTRY.OWNER, ENTRY.SEQ), each);
  }

  private static void stream(DSLContext db, ResultQuery<Record> query, Consumer<BookEntry> each) {
    // A sort would hold all entries before the first one is written.
    SeqIndex.avoidSorts(db);
    try (Stream<Record> rows = query.fetchSize(FETCH_SIZE).fetchStream()) {
      rows.map(BookEntry::of).forEach(each);
    }
  }
}
