package io.neuronledger.query.blocks;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import io.neuronledger.query.blocks.BlocksPosition.StoredBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Processes the records of the topic of blocks in order. Halts at a record that does not follow the one before. */
final class BlocksReducer {
  private final BlocksPosition before;
  private final int partitions;
  private final LongFunction<Optional<StoredBlock>> storedBlocks;
  private final Map<Integer, Long> ends;
  private final NavigableMap<Long, StoredBlock> blocks = new TreeMap<>();
  private final List<ReadBound> bounds = new ArrayList<>();
  private OptionalLong retractedFrom = OptionalLong.empty();
  private final Optional<Deployment> deploymentBefore;
  private final Map<Integer, Long> endsBefore;
  private Optional<Deployment> deployment;
  private long nextSeq;
  private long nextOffset;
  private int branch;
  private long finalizedBlock;
  private OptionalLong firstBlock;
  private Optional<StoredBlock> newest;
  private Optional<String> stopped = Optional.empty();

  /** An answer as of {@code block} or a later one needs the partition's chain events below {@code nextSeq}. */
  record ReadBound(int partition, long nextSeq, long block) {}

  /**
   * @param deployment the deployment that is followed; empty before it is declared
   * @param storedBlocks the blocks as stored before this batch, by number
   * @param ends the highest stored {@code nextSeq} of each partition
   */
  BlocksReducer(BlocksPosition before, Optional<Deployment> deployment, int partitions,
      LongFunction<Optional<StoredBlock>> storedBlocks, Map<Integer, Long> ends) {
    this.before = before;
    this.deployment = deployment;
    this.partitions = partitions;
    this.storedBlocks = storedBlocks;
    this.deploymentBefore = deployment;
    this.endsBefore = ends;
    this.ends = new HashMap<>(ends);
    nextSeq = before.nextSeq();
    nextOffset = before.nextOffset();
    branch = before.branch();
    finalizedBlock = before.finalizedBlock();
    firstBlock = before.firstBlock();
    newest = before.newest();
  }

  /**
   * Processes records until one halts the topic.
   *
   * @return with the records before it; {@link #position} reports whether that happened
   */
  BlocksReducer processAll(PartitionBatch<BlocksRecord> batch) {
    List<Delivered<BlocksRecord>> records = batch.records();
    for (int i = 0; i < records.size(); i++) {
      try {
        process(records.get(i));
      } catch (PartitionHalted e) {
        // A record counts as a whole or not at all, and this one may have been found wrong at its last block.
        BlocksReducer whole = new BlocksReducer(before, deploymentBefore, partitions, storedBlocks, endsBefore);
        records.subList(0, i).forEach(whole::process);
        whole.stopped = Optional.of(Topics.BLOCKS + ", partition " + batch.partition() + ", offset "
            + records.get(i).offset() + ": " + e.reason());
        return whole;
      }
    }
    stopped = batch.halt();
    return this;
  }

  private void process(Delivered<BlocksRecord> next) {
    process(switch (next.parsed()) {
      case ParsedRecord.Valid<BlocksRecord>(BlocksRecord record) -> record;
      case ParsedRecord.Malformed<BlocksRecord> malformed ->
          throw PartitionHalted.unreadable(next.seq(), malformed.reason());
    });
    nextSeq = next.seq() + 1;
    nextOffset = next.offset() + 1;
  }

  private void process(BlocksRecord record) {
    requireDeployment(record);
    requireBranch(record);
    requireEnds(record);
    record.fromBlock().ifPresent(this::retract);
    newest.filter(last -> !last.hash().equals(record.after())).ifPresent(last -> {
      throw new PartitionHalted("seq " + record.seq() + " follows block " + record.after() + ", and not block "
          + last.number() + ", " + last.hash());
    });
    if (record.repeats()) {
      repeat(record);
    } else {
      record.blocks().forEach(this::append);
    }
    branch = record.branch();
    finalizedBlock = Math.max(finalizedBlock, record.finalizedBlock());
    firstBlock = firstBlock.isPresent() ? firstBlock : OptionalLong.of(record.blocks().getFirst().number());
  }

  private void requireDeployment(BlocksRecord record) {
    if (record.deployment().isPresent() != (nextSeq == 0)) {
      throw new PartitionHalted(nextSeq == 0
          ? "the first record of the topic does not declare a deployment"
          : "seq " + record.seq() + " declares a deployment again: " + record.deployment().get());
    }
    record.deployment().ifPresent(declared -> {
      if (declared.chainId() != record.chainId() || declared.partitions() != partitions
          || !deployment.orElse(declared).equals(declared)) {
        throw new PartitionHalted("another deployment is declared: " + declared + "; this ledger follows "
            + deployment.map(Deployment::toString).orElse(partitions + " partitions"));
      }
      deployment = Optional.of(declared);
    });
    deployment.filter(followed -> followed.chainId() != record.chainId()).ifPresent(followed -> {
      throw new PartitionHalted("seq " + record.seq() + " is of chain " + record.chainId()
          + ", this ledger follows chain " + followed.chainId());
    });
  }

  /** The first record and one that opens a branch concern every partition: its declaration, its retraction. */
  private void requireBranch(BlocksRecord record) {
    boolean opens = record.fromBlock().isPresent();
    if (record.branch() != (opens ? branch + 1 : branch)) {
      throw new PartitionHalted("seq " + record.seq() + " is of branch " + record.branch() + ", the newest block is on "
          + branch + (opens ? ", and it retracts blocks" : ""));
    }
    if ((opens || nextSeq == 0) && record.blocks().getFirst().next().size() != partitions) {
      throw new PartitionHalted("seq " + record.seq() + " opens branch " + record.branch()
          + " and does not name every partition: " + record.blocks().getFirst().next());
    }
  }

  private void requireEnds(BlocksRecord record) {
    for (BlocksRecord.Block block : record.blocks()) {
      block.next().forEach((partition, next) -> {
        if (partition < 0 || partition >= partitions || next <= ends.getOrDefault(partition, 0L)) {
          throw new PartitionHalted("block " + block.number() + " ends partition " + partition + " at seq " + next
              + "; the block before ends it at " + ends.getOrDefault(partition, 0L) + ", of " + partitions
              + " partitions");
        }
        ends.put(partition, next);
      });
    }
  }

  private void retract(long fromBlock) {
    long last = newest.map(StoredBlock::number).orElse(-1L);
    if (fromBlock <= finalizedBlock || fromBlock > last || fromBlock < firstBlock.orElse(Long.MAX_VALUE)) {
      throw new PartitionHalted("a retraction from block " + fromBlock + " on branch " + branch + ", blocks "
          + firstBlock.orElse(-1) + " to " + last + ", final up to block " + finalizedBlock);
    }
    newest = fromBlock == firstBlock.orElseThrow() ? Optional.empty() : Optional.of(block(fromBlock - 1));
    blocks.tailMap(fromBlock, true).clear();
    bounds.removeIf(bound -> bound.block() >= fromBlock);
    retractedFrom = OptionalLong.of(Math.min(fromBlock, retractedFrom.orElse(fromBlock)));
  }

  private StoredBlock block(long number) {
    return Optional.ofNullable(blocks.get(number)).or(() -> storedBlocks.apply(number))
        .orElseThrow(() -> new PartitionHalted("block " + number + " is not stored"));
  }

  /** What was added to the newest block after its seal: answers as of that block do not wait for it. */
  private void repeat(BlocksRecord record) {
    BlocksRecord.Block again = record.blocks().getFirst();
    if (record.blocks().size() != 1 || !newest.equals(Optional.of(stored(again)))) {
      throw new PartitionHalted("seq " + record.seq() + " repeats block " + again.number() + ", the newest block is "
          + newest.map(StoredBlock::toString).orElse("none"));
    }
    add(again, again.number() + 1);
  }

  private void append(BlocksRecord.Block block) {
    long due = newest.map(last -> last.number() + 1)
        .orElseGet(() -> firstBlock.orElseGet(() -> deployment.orElseThrow().startBlock()));
    if (block.number() != due) {
      throw new PartitionHalted("block " + block.number() + " instead of block " + due);
    }
    newest = Optional.of(stored(block));
    blocks.put(block.number(), stored(block));
    add(block, block.number());
  }

  private void add(BlocksRecord.Block block, long from) {
    block.next().forEach((partition, next) -> bounds.add(new ReadBound(partition, next, from)));
  }

  private static StoredBlock stored(BlocksRecord.Block block) {
    return new StoredBlock(block.number(), block.hash(), block.time());
  }

  BlocksPosition before() {
    return before;
  }

  /** The position after the last processed record. */
  BlocksPosition position() {
    return new BlocksPosition(nextSeq, nextOffset, branch, finalizedBlock, firstBlock, newest, stopped);
  }

  Optional<Deployment> deployment() {
    return deployment;
  }

  /** The first block that a record of this batch retracts: the rows from there on are deleted before the new ones. */
  OptionalLong retractedFrom() {
    return retractedFrom;
  }

  /** The blocks of this batch that are not retracted, by number. */
  NavigableMap<Long, StoredBlock> blocks() {
    return blocks;
  }

  List<ReadBound> bounds() {
    return bounds;
  }
}
