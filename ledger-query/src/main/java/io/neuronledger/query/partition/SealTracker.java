package io.neuronledger.query.partition;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.query.partition.change.PartitionChanges;
import io.neuronledger.query.partition.change.Seal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Tracks the seals and retractions of a partition within a batch, and so its last seal that is not retracted. */
final class SealTracker {
  private final LongFunction<Optional<Seal>> storedSealBefore;
  private final NavigableMap<Long, Seal> seals = new TreeMap<>();
  private final List<PartitionChanges.Retraction> retractions = new ArrayList<>();
  private long markSeq;
  private int branch;
  private long finalizedBlock;
  private Optional<Seal> seal;

  /** @param storedSealBefore the partition's newest seal below a block, as stored before this batch */
  SealTracker(Partition before, LongFunction<Optional<Seal>> storedSealBefore) {
    this.storedSealBefore = storedSealBefore;
    markSeq = before.markSeq();
    branch = before.branch();
    finalizedBlock = before.finalizedBlock();
    seal = before.seal();
  }

  /**
   * @throws PartitionHalted unless it is a later block than the last one of the partition's branch, or a repeated seal
   *     of the last one, as after a comparison or a release from quarantine
   */
  void seal(PartitionEvent.BlockSealed sealed, long seq) {
    if (sealed.branch() != branch) {
      throw new PartitionHalted("block " + sealed.block() + " is sealed on branch " + sealed.branch()
          + ", the partition is on " + branch);
    }
    seal.filter(last -> !follows(sealed, last)).ifPresent(last -> {
      throw new PartitionHalted("block " + sealed.block() + ", " + sealed.blockHash() + ", is sealed up to chain seq "
          + sealed.chainNext() + " after block " + last.block() + ", " + last.hash() + ", up to chain seq "
          + last.chainNext());
    });
    Seal now = new Seal(seq, sealed.block(), sealed.blockHash(), sealed.blockTime(), sealed.chainNext());
    seal = Optional.of(now);
    markSeq = seq;
    finalizedBlock = Math.max(finalizedBlock, sealed.finalizedBlock());
    seals.put(sealed.block(), now);
  }

  private static boolean follows(PartitionEvent.BlockSealed sealed, Seal last) {
    return sealed.block() == last.block()
        ? sealed.blockHash().equals(last.hash()) && sealed.chainNext() >= last.chainNext()
        : sealed.block() > last.block() && sealed.chainNext() > last.chainNext();
  }

  /** @throws PartitionHalted unless it leads to the next branch and starts above the finalized block */
  void retract(long seq, long fromBlock, int newBranch) {
    if (newBranch != branch + 1 || fromBlock <= finalizedBlock) {
      throw new PartitionHalted("a retraction from block " + fromBlock + " to branch " + newBranch
          + " on branch " + branch + ", final up to block " + finalizedBlock);
    }
    seal = sealBefore(fromBlock);
    branch = newBranch;
    markSeq = seq;
    seals.tailMap(fromBlock, true).clear();
    retractions.add(new PartitionChanges.Retraction(seq, fromBlock, newBranch, seal));
  }

  /**
   * The newest seal below {@code block}; empty if the partition begins at or above it. The stored seals from a
   * retraction of this batch on are no longer valid.
   */
  private Optional<Seal> sealBefore(long block) {
    if (seal.isEmpty() || seal.get().block() < block) {
      return seal;
    }
    return Optional.ofNullable(seals.lowerEntry(block)).map(Map.Entry::getValue)
        .or(() -> storedSealBefore.apply(deepestRetraction().map(PartitionChanges.Retraction::fromBlock)
            .filter(retracted -> retracted < block).orElse(block)));
  }

  /** @throws PartitionHalted if the event's branch is beyond the partition's; an older branch may be recorded late */
  void requireReached(LedgerEvent event, long seq) {
    if (event instanceof LedgerEvent.ChainDriven driven && driven.cause().branch() > branch) {
      throw new PartitionHalted("seq " + seq + " is of branch " + driven.cause().branch() + ", the partition is on "
          + branch);
    }
  }

  /** The last seal that is not retracted; empty before the first. */
  Optional<Seal> seal() {
    return seal;
  }

  /** The seq of the last seal or retraction; it identifies the records after it. */
  long markSeq() {
    return markSeq;
  }

  /** The partition after these seals and retractions. */
  Partition partition(int number, long nextSeq, long nextOffset, Optional<Partition.Day> day,
      Optional<String> stopped) {
    return new Partition(number, nextSeq, nextOffset, markSeq, branch, finalizedBlock, seal, day, stopped);
  }

  /** The seals of this batch to which a retraction may still go back. */
  Map<Long, Seal> seals() {
    return seals.tailMap(Optional.ofNullable(seals.floorKey(finalizedBlock)).orElse(finalizedBlock), true);
  }

  List<PartitionChanges.Retraction> retractions() {
    return retractions;
  }

  Optional<PartitionChanges.Retraction> deepestRetraction() {
    return retractions.stream().min(Comparator.comparingLong(PartitionChanges.Retraction::fromBlock));
  }
}
