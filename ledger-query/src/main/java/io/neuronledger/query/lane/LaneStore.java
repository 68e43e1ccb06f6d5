package io.neuronledger.query.lane;

import static io.neuronledger.query.db.Tables.DEPLOYMENT;
import static io.neuronledger.query.db.Tables.LANE;
import static io.neuronledger.query.db.Tables.LANE_SEAL;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.query.projection.Rows;
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

/** The lanes' standing in the database. */
public final class LaneStore {
  private static final String MOVE = """
      UPDATE lane SET next_seq = told.next_seq, next_offset = told.next_offset, stretch = told.stretch,
        branch = told.branch, finalized_block = told.finalized_block, first_block = told.first_block,
        sealed_seq = told.sealed_seq, sealed_block = told.sealed_block, sealed_hash = told.sealed_hash,
        sealed_time = told.sealed_time, stopped = told.stopped
      FROM $rows AS told (lane, expected_seq, next_seq, next_offset, stretch, branch, finalized_block, first_block,
        sealed_seq, sealed_block, sealed_hash, sealed_time, stopped)
      WHERE lane.lane = told.lane AND lane.next_seq = told.expected_seq""";
  private static final String FORGET_SEALS = """
      DELETE FROM lane_seal USING $rows AS gone (lane, from_block)
      WHERE lane_seal.lane = gone.lane AND lane_seal.block >= gone.from_block""";
  /** A block is sealed again after a comparison: what it showed counts. */
  private static final String REMEMBER_SEALS = """
      INSERT INTO lane_seal (lane, block, seq, block_hash, block_time) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT lane_seal_pk DO UPDATE SET seq = excluded.seq""";
  private static final String PRUNE_SEALS = """
      DELETE FROM lane_seal USING $rows AS final (lane, block)
      WHERE lane_seal.lane = final.lane AND lane_seal.block < final.block""";
  private static final String REMEMBER_BLOCKS = """
      INSERT INTO block (block, branch, block_hash, block_time)
      SELECT DISTINCT ON (block, branch) * FROM $rows AS told (block, branch, block_hash, block_time)
      ORDER BY block, branch
      ON CONFLICT ON CONSTRAINT block_pk DO NOTHING""";
  private static final String REMEMBER_RETRACTIONS =
      "INSERT INTO lane_retraction (lane, seq, from_block, branch) SELECT * FROM $rows";
  private static final String FORGET_TERMS = """
      DELETE FROM service_terms USING $rows AS gone (lane, from_block)
      WHERE service_terms.lane = gone.lane AND service_terms.block >= gone.from_block""";
  private static final String SET_TERMS = """
      INSERT INTO service_terms (lane, service, block, lock_seconds)
      SELECT DISTINCT ON (lane, service, block) lane, service, block, lock_seconds
      FROM $rows AS told (lane, nth, service, block, lock_seconds) ORDER BY lane, service, block, nth DESC
      ON CONFLICT ON CONSTRAINT service_terms_pk DO UPDATE SET lock_seconds = excluded.lock_seconds""";

  private final JsonMapper json;

  public LaneStore(JsonMapper json) {
    this.json = json;
  }

  /** Makes sure that lanes 0 to {@code count} − 1 exist. */
  public void prepare(int count, DSLContext db) {
    db.insertInto(LANE, LANE.LANE_, LANE.NEXT_SEQ, LANE.NEXT_OFFSET, LANE.STRETCH, LANE.BRANCH, LANE.FINALIZED_BLOCK)
        .valuesOfRows(IntStream.range(0, count).mapToObj(Lane::untouched)
            .map(lane -> DSL.row(lane.number(), lane.nextSeq(), lane.nextOffset(), lane.stretch(),
                lane.branch(), lane.finalizedBlock()))
            .toList())
        .onConflictDoNothing()
        .execute();
  }

  /** All lanes, by number. */
  public List<Lane> all(DSLContext db) {
    return db.selectFrom(LANE).orderBy(LANE.LANE_).fetch(LaneStore::lane);
  }

  /** The lanes asked for, locked until the transaction ends: nobody else moves them meanwhile. */
  public Map<Integer, Lane> lock(Collection<Integer> lanes, DSLContext db) {
    return db.selectFrom(LANE).where(LANE.LANE_.in(lanes)).orderBy(LANE.LANE_).forUpdate()
        .fetch(LaneStore::lane).stream().collect(Collectors.toMap(Lane::number, lane -> lane));
  }

  /** What is followed; absent until a first record has declared it. */
  public Optional<Deployment> deployment(DSLContext db) {
    return db.select(DEPLOYMENT.DECLARED).from(DEPLOYMENT).fetchOptional(DEPLOYMENT.DECLARED)
        .map(stored -> json.readValue(stored.data(), Deployment.class));
  }

  /** A seal that a retraction could go back to. */
  public Optional<Seal> seal(int lane, long block, DSLContext db) {
    return db.selectFrom(LANE_SEAL).where(LANE_SEAL.LANE.eq(lane), LANE_SEAL.BLOCK.eq(block))
        .fetchOptional(row -> new Seal(row.get(LANE_SEAL.SEQ), row.get(LANE_SEAL.BLOCK),
            row.get(LANE_SEAL.BLOCK_HASH), row.get(LANE_SEAL.BLOCK_TIME)));
  }

  /**
   * Moves the lanes to where the folds left them, and stores what they told.
   *
   * @throws IllegalStateException if one of them has been moved by somebody else: the transaction must roll back
   */
  public void save(List<LaneFold> folds, DSLContext db) {
    declare(folds, db);
    move(folds, db);
    Rows gone = Rows.of("int4", "int8");
    Rows retractions = Rows.of("int4", "int8", "int8", "int4");
    Rows terms = Rows.of("int4", "int4", "text", "int8", "int8");
    for (LaneFold fold : folds) {
      int lane = fold.before().number();
      fold.retraction().ifPresent(told -> gone.add(lane, told.fromBlock()));
      fold.marks().retractions().forEach(told -> retractions.add(lane, told.seq(), told.fromBlock(), told.branch()));
      fold.terms().forEach(told ->
          terms.add(lane, terms.size(), told.service(), told.block(), told.lockPeriod().toSeconds()));
    }
    gone.write(db, FORGET_SEALS);
    gone.write(db, FORGET_TERMS);
    retractions.write(db, REMEMBER_RETRACTIONS);
    terms.write(db, SET_TERMS);
    saveBlocks(folds, db);
    QuarantineStore.save(folds, db);
  }

  private void declare(List<LaneFold> folds, DSLContext db) {
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

  private static void move(List<LaneFold> folds, DSLContext db) {
    Rows rows = Rows.of("int4", "int8", "int8", "int8", "int8", "int4", "int8", "int8", "int8", "int8", "bytea",
        "timestamptz", "text");
    for (LaneFold fold : folds) {
      Lane lane = fold.lane();
      rows.add(lane.number(), fold.before().nextSeq(), lane.nextSeq(), lane.nextOffset(), lane.stretch(),
          lane.branch(), lane.finalizedBlock(), lane.firstBlock(), lane.seal().map(Seal::seq),
          lane.seal().map(Seal::block), lane.seal().map(Seal::hash), lane.seal().map(Seal::time), lane.stopped());
    }
    if (rows.write(db, MOVE) != folds.size()) {
      throw new IllegalStateException("a lane was moved under its lock");
    }
  }

  private static void saveBlocks(List<LaneFold> folds, DSLContext db) {
    Rows seals = Rows.of("int4", "int8", "int8", "bytea", "timestamptz");
    Rows pruned = Rows.of("int4", "int8");
    Rows blocks = Rows.of("int8", "int4", "bytea", "timestamptz");
    for (LaneFold fold : folds) {
      Lane lane = fold.lane();
      fold.marks().seals().values().forEach(seal ->
          seals.add(lane.number(), seal.block(), seal.seq(), seal.hash(), seal.time()));
      if (lane.finalizedBlock() > fold.before().finalizedBlock()) {
        pruned.add(lane.number(), lane.finalizedBlock());
      }
      fold.marks().blocks().forEach(block -> blocks.add(block.block(), block.branch(), block.hash(), block.time()));
    }
    pruned.write(db, PRUNE_SEALS);
    seals.write(db, REMEMBER_SEALS);
    blocks.write(db, REMEMBER_BLOCKS);
  }

  private static Lane lane(Record row) {
    Optional<Seal> seal = Optional.ofNullable(row.get(LANE.SEALED_SEQ)).map(seq -> new Seal(seq,
        row.get(LANE.SEALED_BLOCK), row.get(LANE.SEALED_HASH), row.get(LANE.SEALED_TIME)));
    Long first = row.get(LANE.FIRST_BLOCK);
    return new Lane(row.get(LANE.LANE_), row.get(LANE.NEXT_SEQ), row.get(LANE.NEXT_OFFSET), row.get(LANE.STRETCH),
        row.get(LANE.BRANCH), row.get(LANE.FINALIZED_BLOCK),
        first == null ? OptionalLong.empty() : OptionalLong.of(first), seal,
        Optional.ofNullable(row.get(LANE.STOPPED)));
  }
}
