package io.neuronledger.contracts.view;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.value.Hash;
import java.time.Instant;
import java.util.Optional;

/**
 * The sealed block an answer stands at: it equals what the contract answers there.
 *
 * @param blockTime the block's timestamp
 * @param finalized whether the chain can no longer take this block back
 * @param guard how it is known that no change of this block is missing; absent while that has not been reported
 * @param behind whether the chain is known to be further on than is usual, or is not being followed at present; false
 *     where the caller asked for this very block
 */
public record AsOf(long block, Hash blockHash, Instant blockTime, boolean finalized, Optional<BlockGuard> guard,
    boolean behind) {}
