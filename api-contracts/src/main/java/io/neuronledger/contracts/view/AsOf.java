package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.Hash;
import java.time.Instant;

/**
 * The sealed block an answer stands at: it equals what the contract answers there.
 *
 * @param blockTime the block's timestamp
 * @param finalized whether the chain can no longer take this block back
 */
public record AsOf(long block, Hash blockHash, Instant blockTime, boolean finalized) {}
