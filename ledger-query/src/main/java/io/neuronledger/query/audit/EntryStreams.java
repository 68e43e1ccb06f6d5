package io.neuronledger.query.audit;

import static io.neuronledger.query.db.Tables.ENTRY;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.audit.journal.EntryFilter;
import io.neuronledger.query.audit.journal.EntryTypes;
import io.neuronledger.query.audit.journal.EvidenceKind;
import io.neuronledger.query.audit.journal.JournalSource;
import io.neuronledger.query.audit.journal.SeqIndex;
import io.neuronledger.query.audit.journal.SeqRange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Where in the indexes the entries of a filter are: sources that have all of them, in a range of seqs. */
final class EntryStreams {
  /** {0} owner. Every retraction of blocks with entries of the owner has one of this type. */
  private static final String REWINDS = """
      SELECT rewind.seq, rewind.block_time, (
          SELECT before.block_time FROM entry AS before
          WHERE (before.owner, before.seq) < ({0}, rewind.seq) AND (before.owner, before.seq) >= ({0}, 0)
          ORDER BY before.owner DESC, before.seq DESC LIMIT 1) AS before
      FROM entry AS rewind
      WHERE (rewind.owner, rewind.type, rewind.seq) >= ({0}, 'ledger-rewound.v1', 0)
        AND (rewind.owner, rewind.type) <= ({0}, 'ledger-rewound.v1') AND rewind.type <> 'fees-settled.v1'
      ORDER BY rewind.owner, rewind.type, rewind.seq""";

  /** {0} owner, {1} a time, {2} and {3} a range of seqs in which no entry is of an earlier time than one before it. */
  private static final String FIRST_AT = """
      WITH RECURSIVE search (low, high) AS (
        SELECT {2}::bigint, {3}::bigint
        UNION ALL
        SELECT CASE WHEN probe.block_time < {1} THEN probe.seq + 1 ELSE search.low END,
          CASE WHEN probe.block_time < {1} THEN search.high ELSE (search.low + search.high) / 2 END
        FROM search LEFT JOIN LATERAL (
          SELECT entry.seq, entry.block_time FROM entry
          WHERE (entry.owner, entry.seq) >= ({0}, (search.low + search.high) / 2)
            AND (entry.owner, entry.seq) < ({0}, search.high)
          ORDER BY entry.owner, entry.seq LIMIT 1) AS probe ON TRUE
        WHERE search.low < search.high)
      SELECT low FROM search WHERE low >= high""";

  private final WalletAddress owner;
  private final EntryReader reader;
  private final DSLContext db;

  EntryStreams(WalletAddress owner, EntryReader reader, DSLContext db) {
    this.owner = owner;
    this.reader = reader;
    this.db = db;
  }

  /** Sources that have all entries of the filter, and none of them twice. */
  List<JournalSource> of(EntryFilter filter, ReadPoint at) {
    SeqRange range = within(filter.period().from(), filter.period().until());
    Condition seen = at.sees(ENTRY);
    return indexes(filter).stream()
        .map(index -> new JournalSource(index, range, seen, filter.ofEntries(), reader::view)).toList();
  }

  private List<SeqIndex> indexes(EntryFilter filter) {
    Set<String> types = filter.types();
    if (filter.transaction().isPresent()) {
      return List.of(new SeqIndex(ofTransaction(filter.transaction().get()), ENTRY.OWNER, value(), ENTRY.SEQ));
    }
    if (!types.isEmpty() && !types.contains(EntryTypes.FREQUENT)) {
      return types.stream().filter(EntryTypes::isOfChain).map(this::ofType).toList();
    }
    if (!filter.evidence().isEmpty() && filter.evidence().stream().allMatch(EvidenceKind::isRare)) {
      return filter.evidence().stream().map(this::ofEvidence).toList();
    }
    return List.of(new SeqIndex(ENTRY, ENTRY.OWNER, value(), ENTRY.SEQ));
  }

  /** The entries of a transaction under the name of their table. The offset of 0 keeps other indexes out of it. */
  static Table<?> ofTransaction(Hash transaction) {
    return selectFrom(ENTRY).where(ENTRY.TRANSACTION_HASH.eq(transaction)).offset(inline(0)).asTable(ENTRY.getName());
  }

  /** @param type not that of most entries */
  private SeqIndex ofType(String type) {
    return new SeqIndex(ENTRY, List.of(ENTRY.OWNER, ENTRY.TYPE), List.of(value(), val(type, ENTRY.TYPE)), ENTRY.SEQ,
        ENTRY.TYPE.ne(inline(EntryTypes.FREQUENT)));
  }

  /** @param kind a rare one */
  private SeqIndex ofEvidence(EvidenceKind kind) {
    return new SeqIndex(ENTRY, List.of(ENTRY.OWNER, ENTRY.EVIDENCE),
        List.of(value(), val(kind.word(), ENTRY.EVIDENCE)), ENTRY.SEQ, ENTRY.EVIDENCE.in(EvidenceKind.rareWords()));
  }

  private Field<WalletAddress> value() {
    return val(owner, ENTRY.OWNER);
  }

  /** Seqs between two rewinds: the time of its entries never decreases. */
  private record MonotonicRange(SeqRange seqs, Optional<Instant> firstAt, Optional<Instant> lastAt) {}

  /**
   * A range with all entries of the period. Where a fork took back an edge of the period, it has others too.
   *
   * @return the whole range if the period has no edges
   */
  SeqRange within(Optional<Instant> from, Optional<Instant> until) {
    if (from.isEmpty() && until.isEmpty()) {
      return SeqRange.ALL;
    }
    List<MonotonicRange> ranges = ranges();
    SeqRange found = SeqRange.ALL;
    if (from.isPresent()) {
      MonotonicRange first = ranges.stream().filter(each -> each.lastAt.filter(last -> !last.isBefore(from.get()))
          .isPresent()).findFirst().orElse(ranges.getLast());
      found = found.from(firstAt(from.get(), first.seqs));
    }
    if (until.isPresent()) {
      MonotonicRange last = ranges.reversed().stream()
          .filter(each -> each.firstAt.filter(at -> at.isBefore(until.get()))
          .isPresent()).findFirst().orElse(ranges.getFirst());
      found = found.until(firstAt(until.get(), last.seqs));
    }
    return found;
  }

  private List<MonotonicRange> ranges() {
    List<MonotonicRange> ranges = new ArrayList<>();
    long start = 0;
    Optional<Instant> firstAt = Optional.empty();
    for (Record rewind : db.resultQuery(REWINDS, val(owner.bytes())).fetch()) {
      long seq = rewind.get("seq", Long.class);
      ranges.add(
          new MonotonicRange(new SeqRange(start, seq), firstAt,
              Optional.ofNullable(rewind.get("before", Instant.class))));
      start = seq;
      firstAt = Optional.of(rewind.get("block_time", Instant.class));
    }
    ranges.add(new MonotonicRange(new SeqRange(start, SeqRange.END), firstAt, Optional.empty()));
    return ranges;
  }

  /** The first seq of the range from which on no entry is before the time. */
  private long firstAt(Instant time, SeqRange range) {
    return db.resultQuery(FIRST_AT, val(owner.bytes()),
            val(time.atOffset(ZoneOffset.UTC), SQLDataType.TIMESTAMPWITHTIMEZONE), val(range.from()),
            val(range.until()))
        .fetchSingle(row -> row.get("low", Long.class));
  }
}
