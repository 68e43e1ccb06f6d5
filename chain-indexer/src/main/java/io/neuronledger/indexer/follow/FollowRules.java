package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.Finality;
import java.time.Duration;

/**
 * How the chain is followed.
 *
 * @param confirmations how many blocks must be on top before one is published
 * @param finality from where on no fork is expected
 * @param pollingInterval about how often the head is looked at
 * @param blocksPerStepMax of one transaction
 * @param recordsPerStep about how many records one transaction should hold
 * @param secondOpinionInterval how often the other nodes are asked for their heads
 * @param lagBlocksMax so far behind another node's head, the node in use is left
 * @param haltVoteSpacing the shortest time between two verdicts of one node that count ({@link HaltVotes})
 */
public record FollowRules(long confirmations, Finality finality, Duration pollingInterval, int blocksPerStepMax,
    int recordsPerStep, Duration secondOpinionInterval, long lagBlocksMax, Duration haltVoteSpacing) {}
