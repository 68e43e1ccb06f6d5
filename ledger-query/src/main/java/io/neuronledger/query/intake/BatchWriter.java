package io.neuronledger.query.intake;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.foundation.partitionlog.reader.PositionConflict;
import io.neuronledger.query.partition.PartitionReducer;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.partition.QuarantineStore;
import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Writes the records of one poll: the rows of all projections and the partitions' positions, in one transaction. */
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
   * Atomic, and safe to call again after any failure.
   *
   * @param batches of different partitions
   * @throws PositionConflict if a stored next seq is not that of its batch
   */
  public CommittedBatch write(List<PartitionBatch<AccountRecord>> batches) {
    return writer.transactionResult(transaction -> write(batches, transaction.dsl()));
  }

  private CommittedBatch write(List<PartitionBatch<AccountRecord>> batches, DSLContext db) {
    Set<Integer> numbers = batches.stream().map(PartitionBatch::partition).collect(Collectors.toSet());
    Map<Integer, Partition> stored = partitions.lock(numbers, db);
    Map<Integer, Set<WalletAddress>> parked = QuarantineStore.parkedOwners(numbers, db);
    Optional<Deployment> deployment = partitions.deployment(db);
    List<PartitionReducer> reducers = new ArrayList<>();
    for (PartitionBatch<AccountRecord> batch : batches) {
      int number = batch.partition();
      Partition partition = Objects.requireNonNull(stored.get(number), "a partition beyond those of the deployment");
      if (partition.nextSeq() != batch.nextSeq()) {
        throw new PositionConflict(number);
      }
      reducers.add(new PartitionReducer(partition, deployment, parked.getOrDefault(number, Set.of()),
          block -> partitions.sealBefore(number, block, db)).processAll(batch));
    }
    partitions.save(reducers, db);
    Batch batch = new Batch(numbers,
        reducers.stream().flatMap(reducer -> reducer.retraction().stream()).toList(),
        reducers.stream().flatMap(reducer -> reducer.lines().stream()).toList(),
        reducers.stream().flatMap(reducer -> reducer.usageEvents().stream()).toList(),
        reducers.stream().flatMap(reducer -> reducer.comparisons().stream()).toList(),
        reducers.stream().flatMap(reducer -> reducer.named().stream()).toList(),
        reducers.stream().flatMap(reducer -> reducer.decisions().stream()).toList());
    int rows = 0;
    for (Projection projection : projections) {
      rows += projection.project(batch, db);
    }
    deadLetters.copy(reducers.stream().flatMap(reducer -> reducer.poison().stream()).toList());
    return CommittedBatch.of(reducers, batch, rows);
  }
}
