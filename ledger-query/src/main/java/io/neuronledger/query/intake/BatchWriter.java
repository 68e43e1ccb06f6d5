package io.neuronledger.query.intake;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.partition.Partition;
import io.neuronledger.query.partition.PartitionReducer;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.partition.QuarantineStore;
import io.neuronledger.query.partition.Received;
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

/** Takes the records of one poll: the rows of all projections and the partitions' positions, in one transaction. */
public final class BatchWriter {
  private final DSLContext writer;
  private final PartitionStore partitions;
  private final List<Projection> projections;
  private final DeadLetters deadLetters;

  public BatchWriter(DSLContext writer, PartitionStore partitions, List<Projection> projections,
      DeadLetters deadLetters) {
    this.writer = writer;
    this.partitions = partitions;
    this.projections = List.copyOf(projections);
    this.deadLetters = deadLetters;
  }

  /**
   * Safe to call again after any failure: either all of it is stored or nothing.
   *
   * @param records by partition, each in order
   * @param expectedSeqs where the caller believes each partition to stand
   * @throws PositionConflict if a partition stands elsewhere
   */
  public CommittedBatch write(SortedMap<Integer, List<Received>> records, Map<Integer, Long> expectedSeqs) {
    return writer.transactionResult(transaction -> write(records, expectedSeqs, transaction.dsl()));
  }

  private CommittedBatch write(SortedMap<Integer, List<Received>> records, Map<Integer, Long> expectedSeqs,
      DSLContext db) {
    Map<Integer, Partition> standing = partitions.lock(records.keySet(), db);
    Map<Integer, Set<WalletAddress>> parked = QuarantineStore.parkedOwners(records.keySet(), db);
    Optional<Deployment> deployment = partitions.deployment(db);
    List<PartitionReducer> folds = new ArrayList<>();
    records.forEach((number, received) -> {
      Partition partition = Objects.requireNonNull(standing.get(number), "a partition beyond those of the deployment");
      long expected = expectedSeqs.getOrDefault(number, partition.nextSeq());
      if (partition.nextSeq() != expected) {
        throw new PositionConflict(number, expected, partition.nextSeq());
      }
      folds.add(new PartitionReducer(partition, deployment, parked.getOrDefault(number, Set.of()),
          block -> partitions.seal(number, block, db)).takeAll(received));
    });
    partitions.save(folds, db);
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
    return CommittedBatch.of(folds, batch, rows);
  }
}
