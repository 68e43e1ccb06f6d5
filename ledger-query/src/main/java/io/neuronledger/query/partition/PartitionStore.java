package io.neuronledger.query.partition;

import static io.neuronledger.query.db.Tables.DEPLOYMENT;
import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.PARTITION_SEAL;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.query.projection.UnnestRows;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import tools.jackson.databind.json.JsonMapper;

/** The partitions' standing in the database. */
public final class PartitionStore {
  private static final String MOVE = """
      UPDATE partition SET next_seq = told.next_seq, next_offset = told.next_offset, stretch = told.stretch,
        branch = told.branch, finalized_block = told.finalized_block, first_block = told.first_block,
        sealed_seq = told.sealed_seq, sealed_block = told.sealed_block, sealed_hash = told.sealed_hash,
        sealed_time = told.sealed_time, stopped = told.stopped
      FROM $rows AS told (partition, expected_seq, next_seq, next_offset, stretch, branch, finalized_block, first_block,
        sealed_seq, sealed_block, sealed_hash, sealed_time, stopped)
      WHERE partition.partition = told.partition AND partition.next_seq = told.expected_seq""";
  private static final String FORGET_SEALS = """
      DELETE FROM partition_seal USING $rows AS gone (partition, from_block)
      WHERE partition_seal.partition = gone.partition AND partition_seal.block >= gone.from_block""";
  /** A block is sealed again after a comparison: what it showed counts. */
  private static final String REMEMBER_SEALS = """
      INSERT INTO partition_seal (partition, block, seq, block_hash, block_time) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT partition_seal_pk DO UPDATE SET seq = excluded.seq""";
  private static final String PRUNE_SEALS = """
      DELETE FROM partition_seal USING $rows AS final (partition, block)
      WHERE partition_seal.partition = final.partition AND partition_seal.block < final.block""";
  private static final String REMEMBER_BLOCKS = """
      INSERT INTO block (block, branch, block_hash, block_time)
      SELECT DISTINCT ON (block, branch) * FROM $rows AS told (block, branch, block_hash, block_time)
      ORDER BY block, branch
      ON CONFLICT ON CONSTRAINT block_pk DO NOTHING""";
  private static final String REMEMBER_RETRACTIONS =
      "INSERT INTO partition_retraction (partition, seq, from_block, branch) SELECT * FROM $rows";
  private static final String FORGET_TERMS = """
      DELETE FROM service_terms USING $rows AS gone (partition, from_block)
      WHERE service_terms.partition = gone.partition AND service_terms.block >= gone.from_block""";
  private static final String SET_TERMS = """
      INSERT INTO service_terms (partition, service, block, lock_seconds)
      SELECT DISTINCT ON (partition, service, block) partition, service, block, lock_seconds
      FROM $rows AS told (partition, nth, service, block, lock_seconds) ORDER BY partition, service, block, nth DESC
      ON CONFLICT ON CONSTRAINT service_terms_pk DO UPDATE SET lock_seconds = excluded.lock_seconds""";

  private final JsonMapper json;

  public PartitionStore(JsonMapper json) {
    this.json = json;
  }

  /** Makes sure that partitions 0 to {@code count} − 1 exist. */
  public void prepare(int count, DSLContext db) {
    db.insertInto(PARTITION, PARTITION.PARTITION_, PARTITION.NEXT_SEQ, PARTITION.NEXT_OFFSET, PARTITION.STRETCH,
        PARTITION.BRANCH, PARTITION.FINALIZED_BLOCK)
        .valuesOfRows(IntStream.range(0, count).mapToObj(Partition::untouched)
            .map(partition ->
                DSL.row(partition.number(), partition.nextSeq(), partition.nextOffset(), partition.stretch(),
                partition.branch(), partition.finalizedBlock()))
            .toList())
        .onConflictDoNothing()
        .execute();
  }

  /** All partitions, by number. */
  public List<Partition> all(DSLContext db) {
    return db.selectFrom(PARTITION).orderBy(PARTITION.PARTITION_).fetch(PartitionStore::partition);
  }

  /** The partitions asked for, locked until the transaction ends: nobody else moves them meanwhile. */
  public Map<Integer, Partition> lock(Collection<Integer> partitions, DSLContext db) {
    return db.selectFrom(PARTITION).where(PARTITION.PARTITION_.in(partitions)).orderBy(PARTITION.PARTITION_).forUpdate()
        .fetch(PartitionStore::partition).stream().collect(Collectors.toMap(Partition::number, partition -> partition));
  }

  /** What is followed; absent until a first record has declared it. */
  public Optional<Deployment> deployment(DSLContext db) {
    return db.select(DEPLOYMENT.DECLARED).from(DEPLOYMENT).fetchOptional(DEPLOYMENT.DECLARED)
        .map(stored -> json.readValue(stored.data(), Deployment.class));
  }

  /** A seal that a retraction could go back to. */
  public Optional<Seal> seal(int partition, long block, DSLContext db) {
    return db.selectFrom(PARTITION_SEAL).where(PARTITION_SEAL.PARTITION.eq(partition), PARTITION_SEAL.BLOCK.eq(block))
        .fetchOptional(row -> new Seal(row.get(PARTITION_SEAL.SEQ), row.get(PARTITION_SEAL.BLOCK),
            row.get(PARTITION_SEAL.BLOCK_HASH), row.get(PARTITION_SEAL.BLOCK_TIME)));
  }

  /**
   * Moves the partitions to where the folds left them, and stores what they told.
   *
   * @throws IllegalStateException if one of them has been moved by somebody else: the transaction must roll back
   */
  public void save(List<PartitionReducer> folds, DSLContext db) {
    declare(folds, db);
    move(folds, db);
    UnnestRows gone = UnnestRows.of("int4", "int8");
    UnnestRows retractions = UnnestRows.of("int4", "int8", "int8", "int4");
    UnnestRows terms = UnnestRows.of("int4", "int4", "text", "int8", "int8");
    for (PartitionReducer fold : folds) {
      int partition = fold.before().number();
      fold.retraction().ifPresent(told -> gone.add(partition, told.fromBlock()));
      fold.marks().retractions()
          .forEach(told -> retractions.add(partition, told.seq(), told.fromBlock(), told.branch()));
      fold.terms().forEach(told ->
          terms.add(partition, terms.size(), told.service(), told.block(), told.lockPeriod().toSeconds()));
    }
    gone.write(db, FORGET_SEALS);
    gone.write(db, FORGET_TERMS);
    retractions.write(db, REMEMBER_RETRACTIONS);
    terms.write(db, SET_TERMS);
    saveBlocks(folds, db);
    QuarantineStore.save(folds, db);
  }

  private void declare(List<PartitionReducer> folds, DSLContext db) {
    Optional<Deployment> declared = folds.stream().filter(fold -> fold.before().nextSeq() == 0)
        .flatMap(fold -> fold.deployment().stream()).findFirst();
    if (declared.isPresent()) {
      db.insertInto(DEPLOYMENT, DEPLOYMENT.DECLARED)
          .values(JSONB.jsonb(json.writeValueAsString(declared.get()))).onConflictDoNothing().execute();
      Optional<Deployment> stored = deployment(db);
      if (!declared.equals(stored)) {
        throw new IllegalStateException("two deployments at once: " + declared + " and " + stored);
      }
    }
  }

  private static void move(List<PartitionReducer> folds, DSLContext db) {
    UnnestRows rows =
        UnnestRows.of("int4", "int8", "int8", "int8", "int8", "int4", "int8", "int8", "int8", "int8", "bytea",
        "timestamptz", "text");
    for (PartitionReducer fold : folds) {
      Partition partition = fold.partition();
      rows.add(partition.number(), fold.before().nextSeq(), partition.nextSeq(), partition.nextOffset(),
          partition.stretch(),
          partition.branch(), partition.finalizedBlock(), partition.firstBlock(), partition.seal().map(Seal::seq),
          partition.seal().map(Seal::block), partition.seal().map(Seal::hash), partition.seal().map(Seal::time),
              partition.stopped());
    }
    if (rows.write(db, MOVE) != folds.size()) {
      throw new IllegalStateException("a partition was moved under its lock");
    }
  }

  private static void saveBlocks(List<PartitionReducer> folds, DSLContext db) {
    UnnestRows seals = UnnestRows.of("int4", "int8", "int8", "bytea", "timestamptz");
    UnnestRows pruned = UnnestRows.of("int4", "int8");
    UnnestRows blocks = UnnestRows.of("int8", "int4", "bytea", "timestamptz");
    for (PartitionReducer fold : folds) {
      Partition partition = fold.partition();
      fold.marks().seals().values().forEach(seal ->
          seals.add(partition.number(), seal.block(), seal.seq(), seal.hash(), seal.time()));
      if (partition.finalizedBlock() > fold.before().finalizedBlock()) {
        pruned.add(partition.number(), partition.finalizedBlock());
      }
      fold.marks().blocks().forEach(block -> blocks.add(block.block(), block.branch(), block.hash(), block.time()));
    }
    pruned.write(db, PRUNE_SEALS);
    seals.write(db, REMEMBER_SEALS);
    blocks.write(db, REMEMBER_BLOCKS);
  }

  private static Partition partition(Record row) {
    Optional<Seal> seal = Optional.ofNullable(row.get(PARTITION.SEALED_SEQ)).map(seq -> new Seal(seq,
        row.get(PARTITION.SEALED_BLOCK), row.get(PARTITION.SEALED_HASH), row.get(PARTITION.SEALED_TIME)));
    Long first = row.get(PARTITION.FIRST_BLOCK);
    return new Partition(row.get(PARTITION.PARTITION_), row.get(PARTITION.NEXT_SEQ), row.get(PARTITION.NEXT_OFFSET),
        row.get(PARTITION.STRETCH),
        row.get(PARTITION.BRANCH), row.get(PARTITION.FINALIZED_BLOCK),
        first == null ? OptionalLong.empty() : OptionalLong.of(first), seal,
        Optional.ofNullable(row.get(PARTITION.STOPPED)));
  }
}
