package io.neuronledger.query.partition;

import static io.neuronledger.query.db.Tables.PARKED_RECORD;
import static io.neuronledger.query.db.Tables.QUARANTINE;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.partition.change.PartitionChanges;
import io.neuronledger.query.partition.change.Seal;
import io.neuronledger.query.projection.UnnestRows;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Stores quarantined owners and their parked records. */
public final class QuarantineStore {
  /** A cap after the last seal before the retraction is that of a retracted block. */
  private static final String MOVE_BACK = """
      UPDATE quarantine SET cap_seq = retraction.cap_seq, cap_chain_next = retraction.cap_chain_next
      FROM $rows AS retraction ($columns)
      WHERE quarantine.partition = retraction.partition AND quarantine.cap_seq > coalesce(retraction.cap_seq, -1)""";
  private static final String ADD = """
      INSERT INTO quarantine ($columns) SELECT * FROM $rows""";
  private static final String RELEASE = """
      UPDATE quarantine SET released_seq = first.seq
      FROM (SELECT known.owner, known.seq AS since, min(release.seq) AS seq
        FROM quarantine AS known
          JOIN $rows AS release ($columns) ON release.owner = known.owner AND release.seq > known.seq
        WHERE known.found_by = 'ledger-command' AND known.released_seq IS NULL
        GROUP BY known.owner, known.seq) AS first
      WHERE quarantine.owner = first.owner AND quarantine.seq = first.since""";
  /**
   * Where ledger-command holds records of the owner back, those came after the cap: answers as of a later block would
   * lack them. So an owner whose records are parked here stands where the quarantine there began.
   */
  private static final String STAND_BEFORE = """
      UPDATE quarantine SET cap_seq = before.cap_seq, cap_chain_next = before.cap_chain_next
      FROM (SELECT DISTINCT ON (here.owner, here.seq) here.owner, here.seq, there.cap_seq, there.cap_chain_next
        FROM $rows AS changed ($columns)
          JOIN quarantine AS here ON here.partition = changed.partition AND here.found_by = 'ledger-query'
          JOIN quarantine AS there ON there.owner = here.owner AND there.found_by = 'ledger-command'
            AND (there.released_seq IS NULL OR there.released_seq > coalesce(here.cap_seq, -1))
            AND coalesce(there.cap_seq, -1) < coalesce(here.cap_seq, -1)
        ORDER BY here.owner, here.seq, there.cap_seq NULLS FIRST) AS before
      WHERE quarantine.owner = before.owner AND quarantine.seq = before.seq""";
  private static final String PARK =
      "INSERT INTO parked_record ($columns) SELECT * FROM $rows";

  private QuarantineStore() {}

  /** The owners whose records this service parks, by partition. */
  public static Map<Integer, Set<WalletAddress>> parkedOwners(Collection<Integer> partitions, DSLContext db) {
    return db.selectDistinct(QUARANTINE.PARTITION, QUARANTINE.OWNER).from(QUARANTINE)
        .where(QUARANTINE.PARTITION.in(partitions),
            QUARANTINE.FOUND_BY.eq(PartitionChanges.FoundBy.LEDGER_QUERY.stored()))
        .fetch().intoGroups(QUARANTINE.PARTITION, QUARANTINE.OWNER).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, partition -> Set.copyOf(partition.getValue())));
  }

  static void save(List<PartitionReducer> reducers, DSLContext db) {
    UnnestRows back = UnnestRows.of(QUARANTINE.PARTITION, QUARANTINE.CAP_SEQ, QUARANTINE.CAP_CHAIN_NEXT);
    UnnestRows added = UnnestRows.of(QUARANTINE.OWNER, QUARANTINE.SEQ, QUARANTINE.PARTITION, QUARANTINE.FOUND_BY,
        QUARANTINE.REASON, QUARANTINE.CAP_SEQ, QUARANTINE.CAP_CHAIN_NEXT);
    UnnestRows released = UnnestRows.of(QUARANTINE.OWNER, QUARANTINE.SEQ);
    UnnestRows changed = UnnestRows.of(QUARANTINE.PARTITION);
    UnnestRows parked = UnnestRows.of(PARKED_RECORD.PARTITION, PARKED_RECORD.SEQ, PARKED_RECORD.MARK_SEQ,
        PARKED_RECORD.OWNER, PARKED_RECORD.KAFKA_OFFSET, PARKED_RECORD.VALUE);
    for (PartitionReducer reducer : reducers) {
      int partition = reducer.before().number();
      reducer.sealTracker().deepestRetraction().ifPresent(deepest ->
          back.add(partition, deepest.seal().map(Seal::seq), deepest.seal().map(Seal::chainNext)));
      reducer.quarantines().added().forEach(each -> added.add(each.owner(), each.seq(), partition,
          each.foundBy().stored(), each.reason(), each.cap().map(Seal::seq), each.cap().map(Seal::chainNext)));
      if (!reducer.quarantines().added().isEmpty() || reducer.sealTracker().deepestRetraction().isPresent()) {
        changed.add(partition);
      }
      reducer.quarantines().released().forEach(each -> released.add(each.owner(), each.seq()));
      reducer.quarantines().parked().forEach(each ->
          parked.add(partition, each.seq(), each.markSeq(), each.owner(), each.offset(), each.value().bytes()));
    }
    back.write(db, MOVE_BACK);
    added.write(db, ADD);
    released.write(db, RELEASE);
    standBefore(changed, db);
    parked.write(db, PARK);
  }

  /** Until nothing changes: an earlier quarantine may have been in effect at the cap of a later one. */
  private static void standBefore(UnnestRows partitions, DSLContext db) {
    int moved;
    do {
      moved = partitions.write(db, STAND_BEFORE);
    } while (moved > 0);
  }
}
