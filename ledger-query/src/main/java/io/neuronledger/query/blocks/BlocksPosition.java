package io.neuronledger.query.blocks;

import io.neuronledger.contracts.value.Hash;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The position in the topic of blocks, and the newest block.
 *
 * @param nextSeq the seq of the next record
 * @param nextOffset the Kafka offset of the next record: a record below it was already read
 * @param branch the fork counter of the newest block
 * @param finalizedBlock the highest block known to be final; −1 if none is
 * @param firstBlock the first block followed; empty before the first record
 * @param newest empty before the first record
 * @param stopped the reason why the topic is halted, for operators
 */
public record BlocksPosition(long nextSeq, long nextOffset, int branch, long finalizedBlock, OptionalLong firstBlock,
    Optional<StoredBlock> newest, Optional<String> stopped) {
  /** The position before the first record. */
  static final BlocksPosition UNTOUCHED =
      new BlocksPosition(0, 0, 0, -1, OptionalLong.empty(), Optional.empty(), Optional.empty());

  /**
   * A block of the current branch.
   *
   * @param time the block's timestamp
   */
  public record StoredBlock(long number, Hash hash, Instant time) {}
}
