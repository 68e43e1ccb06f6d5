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
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/** Where in the indexes the entries of a filter are: sources that have all of them, in a range of seqs. */
final class EntryStreams {
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
    SeqRange range = new EntryPeriod(owner, db).within(filter.period().from(), filter.period().until());
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
}
