package io.neuronledger.command.intake;

import io.neuronledger.command.partition.ChainUnits;
import io.neuronledger.command.partition.PartitionRecords;
import io.neuronledger.command.partition.PartitionState;
import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import io.neuronledger.foundation.partitionlog.reader.PartitionHandler;
import io.neuronledger.foundation.partitionlog.reader.PartitionPosition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.common.caching.Cache;

/**
 * Records the chain's events, exactly once and in the order of each partition: those of a poll in as few units of work
 * as possible. The comparison of the locked positions with the loaded ones ensures one writer.
 */
public final class ChainEventIntake implements PartitionHandler<ChainRecord> {
  private final PartitionTransactions transactions;
  private final int unitMax;
  private final Cache aggregates;
  private final Map<Integer, PartitionState> states = new ConcurrentHashMap<>();

  /**
   * @param unitMax chain events in one unit of work
   * @param aggregates emptied when another writer may have written to the same aggregates
   */
  public ChainEventIntake(PartitionTransactions transactions, int unitMax, Cache aggregates) {
    this.transactions = transactions;
    this.unitMax = unitMax;
    this.aggregates = aggregates;
  }

  @Override
  public PartitionPosition load(int partition) {
    // Whoever wrote to the partition before, or just now, has written to the same aggregates.
    aggregates.removeAll();
    PartitionState state = transactions.load(partition);
    states.put(partition, state);
    return position(partition, state, Optional.empty());
  }

  /** Each unit of work is a transaction of its own: those before a failed one are recorded. */
  @Override
  public List<PartitionPosition> handle(List<PartitionBatch<ChainRecord>> batches) {
    List<PartitionRecords> poll =
        batches.stream().map(batch -> new PartitionRecords(state(batch.partition()), batch.records())).toList();
    ChainUnits.of(poll, unitMax).forEach(transactions::record);
    return batches.stream().map(batch -> position(batch.partition(), state(batch.partition()), batch.halt())).toList();
  }

  private PartitionState state(int partition) {
    return Objects.requireNonNull(states.get(partition), "the partition is not loaded");
  }

  private static PartitionPosition position(int partition, PartitionState state, Optional<String> halted) {
    return new PartitionPosition(partition, state.nextSeq(), state.nextOffset(), halted);
  }

  @Override
  public void checkFirst(Delivered<ChainRecord> first, int partition) {
    PartitionState state = state(partition);
    boolean same = first.parsed() instanceof ParsedRecord.Valid<ChainRecord> valid
        && valid.value().event() instanceof ChainEvent.DeploymentDeclared declared
        && state.follows(declared.deployment());
    if (!same) {
      throw new PartitionHalted("partition " + partition + ": " + Topics.CHAIN_EVENTS
          + " belongs to a different deployment than this store. Stored: " + state.deployment()
          + "; the topic begins with: " + first.parsed()
          + ". Use the store of that deployment, or the Kafka of this one");
    }
  }

  @Override
  public void revoked(int partition) {
    states.remove(partition);
    // The instance that gets it next writes to the same aggregates.
    aggregates.removeAll();
  }

  /** The number of owners in quarantine, of the partitions that this instance records. */
  public int quarantinedOwners() {
    return states.values().stream().mapToInt(PartitionState::quarantinedOwners).sum();
  }
}
