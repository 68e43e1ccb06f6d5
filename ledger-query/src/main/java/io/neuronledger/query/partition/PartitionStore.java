package io.neuronledger.query.partition;

import static io.neuronledger.query.db.Tables.DEPLOYMENT;
import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;
import static io.neuronledger.query.db.Tables.PARTITION_SEAL;
import static io.neuronledger.query.db.Tables.SERVICE_TERMS;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.query.partition.change.Seal;
import io.neuronledger.query.projection.UnnestRows;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import tools.jackson.databind.json.JsonMapper;

/** Stores the partitions in the database. */
public final class PartitionStore {
  private static final String ADVANCE = """
      UPDATE partition SET next_seq = input.next_seq, next_offset = input.next_offset, mark_seq = input.mark_seq,
        branch = input.branch, finalized_block = input.finalized_block, sealed_seq = input.sealed_seq,
        sealed_block = input.sealed_block, sealed_hash = input.sealed_hash, sealed_time = input.sealed_time,
        chain_next = input.chain_next, recorded_on = input.recorded_on, day_seq = input.day_seq,
        stopped = input.stopped
      FROM $rows AS input ($columns)
      WHERE partition.partition = input.partition AND partition.next_seq = input.expected_seq""";
  private static final String DELETE_SEALS = """
      DELETE FROM partition_seal USING $rows AS retraction ($columns)
      WHERE partition_seal.partition = retraction.partition AND partition_seal.block >= retraction.from_block""";
  /** A block may be sealed again, as after a comparison; the second seal includes its results. */
  private static final String STORE_SEALS = """
      INSERT INTO partition_seal ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT partition_seal_pk DO UPDATE SET seq = excluded.seq, chain_next = excluded.chain_next""";
  private static final String PRUNE_SEALS = """
      DELETE FROM partition_seal USING $rows AS finalized ($columns)
      WHERE partition_seal.partition = finalized.partition AND partition_seal.block < (
        SELECT max(kept.block) FROM partition_seal AS kept
        WHERE kept.partition = finalized.partition AND kept.block <= finalized.block)""";
  private static final String STORE_RETRACTIONS =
      "INSERT INTO partition_retraction ($columns) SELECT * FROM $rows";
  private static final String DELETE_TERMS = """
      DELETE FROM service_terms USING $rows AS retraction ($columns)
      WHERE service_terms.partition = retraction.partition AND service_terms.block >= retraction.from_block""";
  private static final String SET_TERMS = """
      INSERT INTO service_terms ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT service_terms_pk DO UPDATE SET lock_seconds = excluded.lock_seconds""";

  private final JsonMapper json;

  public PartitionStore(JsonMapper json) {
    this.json = json;
  }

  /** Creates those of partitions 0 to {@code count} − 1 that do not exist. */
  public void prepare(int count, DSLContext db) {
    db.insertInto(PARTITION, PARTITION.PARTITION_, PARTITION.NEXT_SEQ, PARTITION.NEXT_OFFSET, PARTITION.MARK_SEQ,
        PARTITION.BRANCH, PARTITION.FINALIZED_BLOCK)
        .valuesOfRows(IntStream.range(0, count).mapToObj(Partition::untouched)
            .map(partition ->
                DSL.row(partition.number(), partition.nextSeq(), partition.nextOffset(), partition.markSeq(),
                partition.branch(), partition.finalizedBlock()))
            .toList())
        .onConflictDoNothing()
        .execute();
  }

  /** @throws IllegalStateException for a partition beyond those of the deployment */
  public Partition find(int number, DSLContext db) {
    return db.selectFrom(PARTITION).where(PARTITION.PARTITION_.eq(number)).fetchOptional(PartitionStore::partition)
        .orElseThrow(() -> new IllegalStateException("partition " + number + " is beyond those of this deployment"));
  }

  /** Locks partitions until the transaction ends; no other transaction can change them meanwhile. */
  public Map<Integer, Partition> lock(Collection<Integer> partitions, DSLContext db) {
    return db.selectFrom(PARTITION).where(PARTITION.PARTITION_.in(partitions)).orderBy(PARTITION.PARTITION_).forUpdate()
        .fetch(PartitionStore::partition).stream().collect(Collectors.toMap(Partition::number, partition -> partition));
  }

  /** The deployment that is followed; empty before the first record declares it. */
  public Optional<Deployment> deployment(DSLContext db) {
    return db.select(DEPLOYMENT.DECLARED).from(DEPLOYMENT).fetchOptional(DEPLOYMENT.DECLARED)
        .map(stored -> json.readValue(stored.data(), Deployment.class));
  }

  /** The newest stored seal below {@code block}, to which a retraction from there goes back. */
  public Optional<Seal> sealBefore(int partition, long block, DSLContext db) {
    return db.selectFrom(PARTITION_SEAL).where(PARTITION_SEAL.PARTITION.eq(partition), PARTITION_SEAL.BLOCK.lt(block))
        .orderBy(PARTITION_SEAL.BLOCK.desc()).limit(1)
        .fetchOptional(row -> new Seal(row.get(PARTITION_SEAL.SEQ), row.get(PARTITION_SEAL.BLOCK),
            row.get(PARTITION_SEAL.BLOCK_HASH), row.get(PARTITION_SEAL.BLOCK_TIME),
            row.get(PARTITION_SEAL.CHAIN_NEXT)));
  }

  /**
   * Stores the new state of the partitions and the changes from their reducers.
   *
   * @throws IllegalStateException if another transaction changed one of them; the caller's transaction must roll back
   */
  public void save(List<PartitionReducer> reducers, DSLContext db) {
    declare(reducers, db);
    advance(reducers, db);
    UnnestRows deepest = UnnestRows.of(PARTITION_RETRACTION.PARTITION, PARTITION_RETRACTION.FROM_BLOCK);
    UnnestRows retractions = UnnestRows.of(PARTITION_RETRACTION.PARTITION, PARTITION_RETRACTION.SEQ,
        PARTITION_RETRACTION.FROM_BLOCK, PARTITION_RETRACTION.BRANCH);
    UnnestRows terms = UnnestRows.of(SERVICE_TERMS.PARTITION, SERVICE_TERMS.SERVICE, SERVICE_TERMS.BLOCK,
        SERVICE_TERMS.LOCK_SECONDS);
    for (PartitionReducer reducer : reducers) {
      int partition = reducer.before().number();
      reducer.retraction().ifPresent(retraction -> deepest.add(partition, retraction.fromBlock()));
      reducer.sealTracker().retractions()
          .forEach(each -> retractions.add(partition, each.seq(), each.fromBlock(), each.branch()));
      reducer.terms()
          .forEach(set -> terms.add(partition, set.service(), set.block(), set.lockPeriod().toSeconds()));
    }
    deepest.write(db, DELETE_SEALS);
    deepest.write(db, DELETE_TERMS);
    retractions.write(db, STORE_RETRACTIONS);
    terms.write(db, SET_TERMS);
    saveSeals(reducers, db);
    PriceStore.save(reducers, db);
    QuarantineStore.save(reducers, db);
    DayStore.save(reducers, db);
  }

  private void declare(List<PartitionReducer> reducers, DSLContext db) {
    Optional<Deployment> declared = reducers.stream().filter(reducer -> reducer.before().nextSeq() == 0)
        .flatMap(reducer -> reducer.deployment().stream()).findFirst();
    declared.ifPresent(deployment -> declare(deployment, db));
  }

  /** @throws IllegalStateException if another transaction declares another one; a retry finds it stored */
  public void declare(Deployment declared, DSLContext db) {
    db.insertInto(DEPLOYMENT, DEPLOYMENT.DECLARED)
        .values(JSONB.jsonb(json.writeValueAsString(declared))).onConflictDoNothing().execute();
    Optional<Deployment> stored = deployment(db);
    if (!stored.equals(Optional.of(declared))) {
      throw new IllegalStateException("two deployments at once: " + declared + " and " + stored);
    }
  }

  private static void advance(List<PartitionReducer> reducers, DSLContext db) {
    UnnestRows rows = UnnestRows.of(PARTITION.PARTITION_, PARTITION.NEXT_SEQ.as("expected_seq"), PARTITION.NEXT_SEQ,
        PARTITION.NEXT_OFFSET, PARTITION.MARK_SEQ, PARTITION.BRANCH, PARTITION.FINALIZED_BLOCK, PARTITION.SEALED_SEQ,
        PARTITION.SEALED_BLOCK, PARTITION.SEALED_HASH, PARTITION.SEALED_TIME, PARTITION.CHAIN_NEXT,
        PARTITION.RECORDED_ON, PARTITION.DAY_SEQ, PARTITION.STOPPED);
    for (PartitionReducer reducer : reducers) {
      Partition partition = reducer.partition();
      rows.add(partition.number(), reducer.before().nextSeq(), partition.nextSeq(), partition.nextOffset(),
          partition.markSeq(), partition.branch(), partition.finalizedBlock(),
          partition.seal().map(Seal::seq), partition.seal().map(Seal::block), partition.seal().map(Seal::hash),
          partition.seal().map(Seal::time), partition.seal().map(Seal::chainNext),
          partition.day().map(Partition.Day::date), partition.day().map(Partition.Day::seq), partition.stopped());
    }
    if (rows.write(db, ADVANCE) != reducers.size()) {
      throw new IllegalStateException("another transaction changed a locked partition");
    }
  }

  private static void saveSeals(List<PartitionReducer> reducers, DSLContext db) {
    UnnestRows seals = UnnestRows.of(PARTITION_SEAL.PARTITION, PARTITION_SEAL.BLOCK, PARTITION_SEAL.SEQ,
        PARTITION_SEAL.BLOCK_HASH, PARTITION_SEAL.BLOCK_TIME, PARTITION_SEAL.CHAIN_NEXT);
    UnnestRows pruned = UnnestRows.of(PARTITION_SEAL.PARTITION, PARTITION_SEAL.BLOCK);
    for (PartitionReducer reducer : reducers) {
      Partition partition = reducer.partition();
      Map<Long, Seal> added = reducer.sealTracker().seals();
      added.values().forEach(seal ->
          seals.add(partition.number(), seal.block(), seal.seq(), seal.hash(), seal.time(),
              seal.chainNext()));
      if (!added.isEmpty()) {
        pruned.add(partition.number(), partition.finalizedBlock());
      }
    }
    seals.write(db, STORE_SEALS);
    pruned.write(db, PRUNE_SEALS);
  }

  private static Partition partition(Record row) {
    Optional<Seal> seal = Optional.ofNullable(row.get(PARTITION.SEALED_SEQ)).map(seq -> new Seal(seq,
        row.get(PARTITION.SEALED_BLOCK), row.get(PARTITION.SEALED_HASH), row.get(PARTITION.SEALED_TIME),
        row.get(PARTITION.CHAIN_NEXT)));
    Optional<Partition.Day> day = Optional.ofNullable(row.get(PARTITION.RECORDED_ON))
        .map(date -> new Partition.Day(date, row.get(PARTITION.DAY_SEQ)));
    return new Partition(row.get(PARTITION.PARTITION_), row.get(PARTITION.NEXT_SEQ), row.get(PARTITION.NEXT_OFFSET),
        row.get(PARTITION.MARK_SEQ), row.get(PARTITION.BRANCH), row.get(PARTITION.FINALIZED_BLOCK), seal, day,
        Optional.ofNullable(row.get(PARTITION.STOPPED)));
  }
}
