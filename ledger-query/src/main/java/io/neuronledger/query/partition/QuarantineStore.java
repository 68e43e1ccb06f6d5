package io.neuronledger.query.partition;

import static io.neuronledger.query.db.Tables.QUARANTINE;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.projection.UnnestRows;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Quarantined owners and their parked records in the database. */
public final class QuarantineStore {
  private static final String MOVE_BACK = """
      UPDATE quarantine SET cap_seq = gone.cap_seq, cap_block = gone.cap_block
      FROM $rows AS gone (partition, from_block, cap_seq, cap_block)
      WHERE quarantine.partition = gone.partition AND quarantine.cap_block >= gone.from_block""";
  private static final String ADD = """
      INSERT INTO quarantine (owner, seq, partition, found_by, reason, cap_seq, cap_block) SELECT * FROM $rows""";
  private static final String RELEASE = """
      UPDATE quarantine SET released_seq = first.seq
      FROM (SELECT known.owner, known.seq AS since, min(told.seq) AS seq
        FROM quarantine AS known JOIN $rows AS told (owner, seq) ON told.owner = known.owner AND told.seq > known.seq
        WHERE known.found_by = 'ledger-command' AND known.released_seq IS NULL
        GROUP BY known.owner, known.seq) AS first
      WHERE quarantine.owner = first.owner AND quarantine.seq = first.since""";
  private static final String PARK =
      "INSERT INTO parked_record (partition, seq, stretch, owner, kafka_offset, value) SELECT * FROM $rows";

  private QuarantineStore() {}

  /** The owners whose records wait in this service, by partition. */
  public static Map<Integer, Set<WalletAddress>> parkedOwners(Collection<Integer> partitions, DSLContext db) {
    return db.selectDistinct(QUARANTINE.PARTITION, QUARANTINE.OWNER).from(QUARANTINE)
        .where(QUARANTINE.PARTITION.in(partitions),
            QUARANTINE.FOUND_BY.eq(PartitionChanges.FoundBy.LEDGER_QUERY.stored()))
        .fetch().intoGroups(QUARANTINE.PARTITION, QUARANTINE.OWNER).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, partition -> Set.copyOf(partition.getValue())));
  }

  static void save(List<PartitionReducer> folds, DSLContext db) {
    UnnestRows back = UnnestRows.of("int4", "int8", "int8", "int8");
    UnnestRows added = UnnestRows.of("bytea", "int8", "int4", "text", "text", "int8", "int8");
    UnnestRows released = UnnestRows.of("bytea", "int8");
    UnnestRows parked = UnnestRows.of("int4", "int8", "int8", "bytea", "int8", "bytea");
    for (PartitionReducer fold : folds) {
      int partition = fold.before().number();
      fold.marks().deepestRetraction().ifPresent(told ->
          back.add(partition, told.fromBlock(), told.seal().map(Seal::seq), told.seal().map(Seal::block)));
      fold.quarantines().added().forEach(told -> added.add(told.owner(), told.seq(), partition, told.foundBy().stored(),
          told.reason(), told.cap().map(Seal::seq), told.cap().map(Seal::block)));
      fold.quarantines().released().forEach(told -> released.add(told.owner(), told.seq()));
      fold.quarantines().parked().forEach(told ->
          parked.add(partition, told.seq(), told.stretch(), told.owner(), told.offset(), told.value().bytes()));
    }
    back.write(db, MOVE_BACK);
    added.write(db, ADD);
    released.write(db, RELEASE);
    parked.write(db, PARK);
  }
}
