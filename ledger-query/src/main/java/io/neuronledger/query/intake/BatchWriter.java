package io.neuronledger.query.intake;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.lane.Lane;
import io.neuronledger.query.lane.LaneFold;
import io.neuronledger.query.lane.LaneStore;
import io.neuronledger.query.lane.QuarantineStore;
import io.neuronledger.query.lane.Received;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jooq.DSLContext;

/** Takes the records of one poll: the rows of all projections and the lanes' positions, in one transaction. */
public final class BatchWriter {
  private final DSLContext writer;
  private final LaneStore lanes;
  private final List<Projection> projections;
  private final DeadLetters deadLetters;

  public BatchWriter(DSLContext writer, LaneStore lanes, List<Projection> projections, DeadLetters deadLetters) {
    this.writer = writer;
    this.lanes = lanes;
    this.projections = List.copyOf(projections);
    this.deadLetters = deadLetters;
  }

  /**
   * Safe to call again after any failure: either all of it is stored or nothing.
   *
   * @param records by lane, each in order
   * @param expectedSeqs where the caller believes each lane to stand
   * @throws Overtaken if a lane stands elsewhere
   */
  public Taken write(SortedMap<Integer, List<Received>> records, Map<Integer, Long> expectedSeqs) {
    return writer.transactionResult(transaction -> write(records, expectedSeqs, transaction.dsl()));
  }

  private Taken write(SortedMap<Integer, List<Received>> records, Map<Integer, Long> expectedSeqs, DSLContext db) {
    Map<Integer, Lane> standing = lanes.lock(records.keySet(), db);
    Map<Integer, Set<WalletAddress>> parked = QuarantineStore.parkedOwners(records.keySet(), db);
    Optional<Deployment> deployment = lanes.deployment(db);
    List<LaneFold> folds = new ArrayList<>();
    records.forEach((number, received) -> {
      Lane lane = Objects.requireNonNull(standing.get(number), "a lane beyond those of the deployment");
      long expected = expectedSeqs.getOrDefault(number, lane.nextSeq());
      if (lane.nextSeq() != expected) {
        throw new Overtaken(number, expected, lane.nextSeq());
      }
      folds.add(new LaneFold(lane, deployment, parked.getOrDefault(number, Set.of()),
          block -> lanes.seal(number, block, db)).takeAll(received));
    });
    lanes.save(folds, db);
    Batch batch = new Batch(records.keySet(),
        folds.stream().flatMap(fold -> fold.retraction().stream()).toList(),
        folds.stream().flatMap(fold -> fold.lines().stream()).toList(),
        folds.stream().flatMap(fold -> fold.reported().stream()).toList(),
        folds.stream().flatMap(fold -> fold.compared().stream()).toList());
    int rows = 0;
    for (Projection projection : projections) {
      rows += projection.project(batch, db);
    }
    deadLetters.copy(folds.stream().flatMap(fold -> fold.poison().stream()).toList());
    return Taken.of(folds, batch, rows);
  }
}
