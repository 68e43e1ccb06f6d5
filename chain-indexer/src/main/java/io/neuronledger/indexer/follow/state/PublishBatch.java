package io.neuronledger.indexer.follow.state;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.guard.GuardRanges;
import io.neuronledger.indexer.publish.form.PartitionRecord;
import io.neuronledger.indexer.publish.form.StateRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The draft of one transaction: the records of some blocks, and the state entries that belong to them. Stored state
 * does not change before the commit.
 */
public final class PublishBatch {
  private final Cursor from;
  private final BlockRef base;
  private final int branch;
  private final long finalizedBlock;
  private final PartitionWriter partitions;
  private final List<BlocksRecord.Block> blocks = new ArrayList<>();
  private final DecoderState decoder;
  private final SealDeadlines deadlines;
  private final NavigableMap<Long, RecentBlock> recent;
  private final NavigableMap<Long, RecentBlock> stored;
  private final IndexerState indexerState;
  private final GuardRanges guard;
  private BlockRef last;

  private PublishBatch(IndexerState indexerState, Cursor from, BlockRef base, int branch, long finalizedBlock) {
    this.indexerState = indexerState;
    this.guard = indexerState.guard();
    this.from = from;
    this.base = base;
    this.branch = branch;
    this.finalizedBlock = Math.max(from.finalizedBlock(), finalizedBlock);
    this.partitions = new PartitionWriter(from.deployment(), branch, from.nextSeq());
    this.decoder = new DecoderState(indexerState.decoder());
    this.stored = indexerState.recent();
    this.recent = new TreeMap<>(indexerState.recent().headMap(base.number(), true));
    this.last = base;
    stored.tailMap(base.number(), false).descendingMap().values().forEach(block -> decoder.undo(block.undo()));
    this.deadlines = indexerState.deadlines(decoder, new Partitions(from.deployment().partitions()));
    if (from.nothingPublished()) {
      partitions.broadcast(new ChainEvent.DeploymentDeclared(from.deployment()), positionAfter(base), base,
          Optional.empty());
    }
  }

  /** A batch that continues at the cursor. */
  public static PublishBatch following(IndexerState indexerState, Cursor cursor, long finalizedBlock) {
    return new PublishBatch(indexerState, cursor, cursor.block(), cursor.branch(), finalizedBlock);
  }

  /**
   * A batch that retracts every block above {@code ancestor}, undoes the decoder's state of those blocks, and continues
   * from there.
   *
   * @param ancestor the last block that both branches share
   */
  public static PublishBatch afterFork(IndexerState indexerState, Cursor cursor, BlockRef ancestor,
      long finalizedBlock) {
    PublishBatch step = new PublishBatch(indexerState, cursor, ancestor, cursor.branch() + 1, finalizedBlock);
    step.guard.retract(ancestor.number());
    step.partitions.broadcast(new ChainEvent.BranchRetracted(ancestor.number() + 1, step.branch),
        positionAfter(ancestor),
        ancestor,
        Optional.empty());
    return step;
  }

  /** The block that the first block of this batch must follow. */
  public BlockRef base() {
    return base;
  }

  public DecoderState decoder() {
    return decoder;
  }

  /** The last block up to which no change is missing. */
  public long completeTo() {
    return guard.firstUnguarded().map(from -> from - 1).orElse(last.number());
  }

  /**
   * Writes one block: its readings in order, then its seal in every partition with records since its last seal or with
   * a refund whose lock ends.
   */
  public void add(Header header, DecodedBlock decoded) {
    BlockRef block = header.ref();
    guard.add(block.number(), !header.isEmpty(), decoded.guard());
    if (decoded.states() == DecodedBlock.States.COMPARED) {
      guard.compared(block.number(), from.anchor().number());
    }
    decoded.readings().forEach(reading -> {
      partitions.write(reading, block);
      deadlines.add(reading, block.time());
    });
    partitions.demandSeal(deadlines.due(last.time(), block.time()));
    blocks.add(partitions.seal(block, ChainPosition.endOf(block.number(), 0), finalizedBlock));
    recent.put(block.number(), new RecentBlock(block, decoder.endBlock()));
    last = block;
  }

  /** The last block of this batch. */
  public BlockRef last() {
    return last;
  }

  public boolean isEmpty() {
    return last.equals(base);
  }

  public List<PartitionRecord> records() {
    return partitions.records();
  }

  /** The record of the blocks topic; a batch without a block has none. */
  public BlocksRecord blocks() {
    return new BlocksRecord(from.deployment().chainId(), from.nextBlocksSeq(), branch,
        branch == from.branch() ? Optional.empty() : Optional.of(base.number() + 1), base.hash(), finalizedBlock,
        blocks, from.nothingPublished() ? Optional.of(from.deployment()) : Optional.empty());
  }

  /** The state entries that belong to the records. */
  public List<StateRecord> state() {
    BlockRef anchor = anchor();
    List<StateRecord> entries = new ArrayList<>();
    entries.add(IndexerState.entry(new Cursor(from.deployment(), last, anchor, branch, finalizedBlock,
        partitions.nextSeq(), from.nextBlocksSeq() + 1)));
    NavigableMap<Long, RecentBlock> kept = recent.tailMap(anchor.number(), false);
    for (long number : stored.keySet()) {
      if (!kept.containsKey(number)) {
        entries.add(IndexerState.without(number));
      }
    }
    for (Map.Entry<Long, RecentBlock> block : kept.entrySet()) {
      if (!block.getValue().equals(stored.get(block.getKey()))) {
        entries.add(IndexerState.entry(block.getValue()));
      }
    }
    decoder.changes().forEach((key, value) -> entries.add(IndexerState.decoderEntry(key, value)));
    entries.addAll(indexerState.entries(guard));
    return entries;
  }

  /** The highest published block that is final now; before there is one, the block before the start. */
  private BlockRef anchor() {
    RecentBlock highestFinal = recent.containsKey(finalizedBlock) ? recent.get(finalizedBlock) : null;
    if (last.number() <= finalizedBlock) {
      return last;
    }
    if (highestFinal != null) {
      return highestFinal.block();
    }
    return base.number() == from.anchor().number() ? base : from.anchor();
  }

  /** The position of records between {@code block} and the next one. */
  private static ChainPosition positionAfter(BlockRef block) {
    return block.number() < 0 ? new ChainPosition(0, 0, 0) : ChainPosition.endOf(block.number(), 0);
  }
}
