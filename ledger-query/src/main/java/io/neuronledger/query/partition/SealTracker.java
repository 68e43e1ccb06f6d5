package io.neuronledger.query.partition;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.query.partition.change.PartitionChanges;
import io.neuronledger.query.partition.change.Seal;
import io.neuronledger.query.projection.LedgerEventRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Tracks the seals and retractions of a partition within a batch, and so the seal that its answers are as of. */
final class SealTracker {
  private final LongFunction<Optional<Seal>> storedSeals;
  private final NavigableMap<Long, Seal> seals = new TreeMap<>();
  private final List<PartitionChanges.Block> blocks = new ArrayList<>();
  private final List<PartitionChanges.Retraction> retractions = new ArrayList<>();
  private long markSeq;
  private int branch;
  private long finalizedBlock;
  private OptionalLong firstBlock;
  private Optional<Seal> seal;

  /** @param storedSeals the partition's seals by block, as stored before this batch */
  SealTracker(Partition before, LongFunction<Optional<Seal>> storedSeals) {
    this.storedSeals = storedSeals;
    markSeq = before.markSeq();
    branch = before.branch();
    finalizedBlock = before.finalizedBlock();
    firstBlock = before.firstBlock();
    seal = before.seal();
  }

  /**
   * @throws PartitionHalted unless it is the next block of the partition's branch, or a repeated seal of the last
   *     block, as after a comparison
   */
  void seal(PartitionEvent.BlockSealed sealed, long seq) {
    if (sealed.branch() != branch) {
      throw new PartitionHalted("block " + sealed.block() + " is sealed on branch " + sealed.branch()
          + ", the partition is on " + branch);
    }
    long block = sealed.block();
    boolean again = seal.filter(last -> last.block() == block && last.hash().equals(sealed.blockHash())).isPresent();
    seal.filter(last -> !again && last.block() + 1 != block).ifPresent(last -> {
      throw new PartitionHalted("block " + block + " is sealed after block " + last.block());
    });
    Seal now = new Seal(seq, block, sealed.blockHash(), sealed.blockTime());
    seal = Optional.of(now);
    markSeq = seq;
    if (firstBlock.isEmpty()) {
      firstBlock = OptionalLong.of(block);
    }
    finalizedBlock = Math.max(finalizedBlock, sealed.finalizedBlock());
    seals.put(block, now);
    blocks.add(new PartitionChanges.Block(block, branch, sealed.blockHash(), sealed.blockTime()));
  }

  /** @throws PartitionHalted unless it leads to the next branch and starts above the finalized block */
  void retract(long seq, long fromBlock, int newBranch) {
    if (newBranch != branch + 1 || fromBlock <= finalizedBlock) {
      throw new PartitionHalted("a retraction from block " + fromBlock + " to branch " + newBranch
          + " on branch " + branch + ", final up to block " + finalizedBlock);
    }
    seal = sealBefore(fromBlock);
    if (seal.isEmpty()) {
      firstBlock = OptionalLong.empty();
    }
    branch = newBranch;
    markSeq = seq;
    seals.tailMap(fromBlock, true).clear();
    retractions.add(new PartitionChanges.Retraction(seq, fromBlock, newBranch, seal));
  }

  /** The newest seal below {@code block}; empty if the partition begins at or above it. */
  private Optional<Seal> sealBefore(long block) {
    if (seal.isEmpty() || seal.get().block() < block) {
      return seal;
    }
    if (firstBlock.isEmpty() || firstBlock.getAsLong() >= block) {
      return Optional.empty();
    }
    Seal kept = seals.get(block - 1);
    return Optional.of(Optional.ofNullable(kept).or(() -> storedSeals.apply(block - 1)).orElseThrow(
        () -> new PartitionHalted("the seal of block " + (block - 1) + " is no longer stored")));
  }

  /**
   * An older block or branch is valid: parked records of a quarantined owner are recorded late.
   *
   * @throws PartitionHalted if the event's block or branch is beyond the partition's
   */
  void requireReached(LedgerEvent event, long seq) {
    if (event instanceof LedgerEvent.ChainDriven driven && driven.cause().branch() > branch) {
      throw new PartitionHalted("seq " + seq + " is of branch " + driven.cause().branch() + ", the partition is on "
          + branch);
    }
    OptionalLong block = LedgerEventRecord.blockOf(event);
    seal.filter(last -> block.isPresent() && block.getAsLong() > last.block() + 1).ifPresent(last -> {
      throw new PartitionHalted("seq " + seq + " is of block " + block.getAsLong() + ", the partition has sealed block "
          + last.block());
    });
  }

  /** The seal that answers are as of; empty before the first. */
  Optional<Seal> seal() {
    return seal;
  }

  /** The seq of the last seal or retraction; it identifies the records after it. */
  long markSeq() {
    return markSeq;
  }

  /** The partition after these seals and retractions. */
  Partition partition(int number, long nextSeq, long nextOffset, Optional<String> stopped) {
    return new Partition(number, nextSeq, nextOffset, markSeq, branch, finalizedBlock, firstBlock, seal, stopped);
  }

  /** The seals of this batch to which a retraction may still go back. */
  Map<Long, Seal> seals() {
    return seals.tailMap(finalizedBlock, true);
  }

  List<PartitionChanges.Block> blocks() {
    return blocks;
  }

  List<PartitionChanges.Retraction> retractions() {
    return retractions;
  }

  Optional<PartitionChanges.Retraction> deepestRetraction() {
    return retractions.stream().min(Comparator.comparingLong(PartitionChanges.Retraction::fromBlock));
  }
}
