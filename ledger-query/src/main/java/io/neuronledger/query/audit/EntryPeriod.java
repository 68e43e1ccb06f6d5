package io.neuronledger.query.audit;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.audit.journal.SeqRange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/** Where in the order of an owner's entries those of a period are. */
public final class EntryPeriod {
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
  private final DSLContext db;

  public EntryPeriod(WalletAddress owner, DSLContext db) {
    this.owner = owner;
    this.db = db;
  }

  /** Seqs between two rewinds: the time of its entries never decreases. */
  private record MonotonicRange(SeqRange seqs, Optional<Instant> firstAt, Optional<Instant> lastAt) {}

  /**
   * A range with all entries of the period. Where a fork took back an edge of the period, it has others too.
   *
   * @return the whole range if the period has no edges
   */
  public SeqRange within(Optional<Instant> from, Optional<Instant> until) {
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
