package io.neuronledger.contracts.topic;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One record of {@link Topics#BLOCKS}: the blocks of one transaction of chain-indexer, in order. A reconciliation
 * repeats the newest block, because it adds records to partitions.
 *
 * @param seq the record's number, from 0, without gaps, each once
 * @param branch the fork counter of these blocks
 * @param fromBlock the first retracted block, where a branch begins with this record
 * @param after the hash of the block that these follow; the newest block's own where they repeat it
 * @param finalizedBlock the highest block known to be final, published or not; −1 where none is
 * @param blocks never empty
 * @param deployment in the first record only
 */
public record BlocksRecord(long chainId, long seq, int branch, Optional<Long> fromBlock, Hash after,
    long finalizedBlock, List<Block> blocks, Optional<Deployment> deployment) implements SequencedRecord {
  /**
   * A block.
   *
   * @param time the block's timestamp, whole seconds
   * @param next the next {@code seq} of {@link Topics#CHAIN_EVENTS} after the block, by partition: of those that got
   *     records in it
   */
  public record Block(long number, Hash hash, Instant time, Map<Integer, Long> next) {
    public Block {
      next = Map.copyOf(next);
    }
  }

  public BlocksRecord {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a record of the blocks topic has at least one block");
    }
  }

  /** The topic has one partition. */
  @Override
  public int partition() {
    return 0;
  }

  @Override
  public Optional<WalletAddress> owner() {
    return Optional.empty();
  }

  /** Whether this record repeats the newest block. */
  public boolean repeats() {
    return blocks.getFirst().hash().equals(after);
  }
}
