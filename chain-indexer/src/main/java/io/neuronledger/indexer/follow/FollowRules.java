package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.block.Finality;
import java.time.Duration;

/**
 * The rules of following.
 *
 * @param confirmations the number of blocks above a block before it is published
 * @param finality the depth from which no fork is expected
 * @param pollingInterval the approximate interval between reads of the head
 * @param step the size of one transaction
 * @param secondOpinionInterval how often the heads of the other nodes are read
 * @param lagBlocksMax how far the current node may be behind another node's head before it is replaced
 * @param haltVoteSpacing the shortest time between two verdicts of one node that count ({@link HaltVotes})
 */
public record FollowRules(long confirmations, Finality finality, Duration pollingInterval, Step step,
    Duration secondOpinionInterval, long lagBlocksMax, Duration haltVoteSpacing) {
  /**
   * The size of one transaction.
   *
   * @param blocksMax the most blocks
   * @param records the approximate number of records
   */
  public record Step(int blocksMax, int records) {}
}
