package io.neuronledger.indexer.follow.state;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.indexer.chain.block.BlockRef;
import java.util.Collections;
import java.util.List;

/**
 * How far the chain has been published. Stored in the same transaction as the events.
 *
 * @param block the last published block; before the first one, the block that it must follow
 * @param anchor the highest published block that is final, or the block before the start while none is: no fork may
 *     reach it. Every block above it is stored ({@link RecentBlock})
 * @param branch the fork counter
 * @param finalizedBlock the highest block known to be final, published or not; −1 where none is
 * @param nextSeq per partition, the number of its next record
 * @param nextBlocksSeq the number of the next record of the blocks topic
 */
public record Cursor(Deployment deployment, BlockRef block, BlockRef anchor, int branch, long finalizedBlock,
    List<Long> nextSeq, long nextBlocksSeq) {
  public Cursor {
    nextSeq = List.copyOf(nextSeq);
  }

  /** The cursor before the first publication. */
  public static Cursor start(Deployment deployment, BlockRef before) {
    return new Cursor(deployment, before, before, 0, -1, Collections.nCopies(deployment.partitions(), 0L), 0);
  }

  /** The same position, after another transaction with records in the partitions. */
  public Cursor withNextSeq(List<Long> numbers) {
    return new Cursor(deployment, block, anchor, branch, finalizedBlock, numbers, nextBlocksSeq + 1);
  }

  public boolean nothingPublished() {
    return nextBlocksSeq == 0;
  }

  public boolean anchorIsFinal() {
    return anchor.number() <= finalizedBlock;
  }
}
