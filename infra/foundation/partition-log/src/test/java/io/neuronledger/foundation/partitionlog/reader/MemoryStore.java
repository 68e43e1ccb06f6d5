package io.neuronledger.foundation.partitionlog.reader;

import io.neuronledger.contracts.topic.AccountRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stores positions in memory, all of a call or none. */
final class MemoryStore implements PartitionHandler<AccountRecord> {
  final Map<Integer, PartitionPosition> positions = new HashMap<>();
  /** The partitions of which it refuses every batch. */
  final Set<Integer> failing = new HashSet<>();
  /** The partitions that another writer moves right before each call. */
  final Set<Integer> moving = new HashSet<>();
  /** The partitions of each call, in order. */
  final List<List<Integer>> calls = new ArrayList<>();
  final List<String> handled = new ArrayList<>();
  final List<Integer> firstChecked = new ArrayList<>();

  @Override
  public PartitionPosition load(int partition) {
    return positions.getOrDefault(partition, new PartitionPosition(partition, 0, 0, Optional.empty()));
  }

  @Override
  public List<PartitionPosition> handle(List<PartitionBatch<AccountRecord>> batches) {
    calls.add(batches.stream().map(PartitionBatch::partition).toList());
    for (PartitionBatch<AccountRecord> batch : batches) {
      if (moving.contains(batch.partition())) {
        long moved = batch.nextSeq() + 1;
        positions.put(batch.partition(), new PartitionPosition(batch.partition(), moved, moved, Optional.empty()));
      }
      if (load(batch.partition()).nextSeq() != batch.nextSeq()) {
        throw new PositionConflict(batch.partition());
      }
      if (failing.contains(batch.partition())) {
        throw new IllegalStateException("the store refuses partition " + batch.partition());
      }
    }
    return batches.stream().map(this::store).toList();
  }

  private PartitionPosition store(PartitionBatch<AccountRecord> batch) {
    PartitionPosition before = load(batch.partition());
    long nextOffset = before.nextOffset();
    for (Delivered<AccountRecord> next : batch.records()) {
      handled.add(batch.partition() + ":" + next.seq());
      nextOffset = next.offset() + 1;
    }
    PartitionPosition after = new PartitionPosition(batch.partition(), before.nextSeq() + batch.records().size(),
        nextOffset, batch.halt());
    positions.put(batch.partition(), after);
    return after;
  }

  @Override
  public void checkFirst(Delivered<AccountRecord> first, int partition) {
    firstChecked.add(partition);
  }
}
