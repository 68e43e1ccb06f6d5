package io.neuronledger.contracts.view;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.value.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * The sealed block of an answer: the answer equals the contract's state at this block.
 *
 * @param blockTime the block's timestamp
 * @param finalized whether the chain can no longer retract this block
 * @param guard how the block is verified to be complete; absent while chain-indexer has not reported it
 * @param behind whether the answer lags the chain's head by more than usual, or the chain is not followed at present;
 *     false where the caller asked for this block
 */
public record AsOf(long block, Hash blockHash, Instant blockTime, boolean finalized, Optional<BlockGuard> guard,
    boolean behind) {}
