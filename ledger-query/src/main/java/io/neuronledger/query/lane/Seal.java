package io.neuronledger.query.lane;

import io.neuronledger.contracts.value.Hash;
import java.time.Instant;

/**
 * A sealed block, as one lane said it.
 *
 * @param seq of the record in the lane
 * @param time the block's timestamp
 */
public record Seal(long seq, long block, Hash hash, Instant time) {}
