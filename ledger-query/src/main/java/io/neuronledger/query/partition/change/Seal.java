package io.neuronledger.query.partition.change;

import io.neuronledger.contracts.value.Hash;
import java.time.Instant;

/**
 * A sealed block, as recorded in one partition.
 *
 * @param seq the seq of the seal in the partition
 * @param time the block's
 * @param chainNext the next seq of the partition's chain events after it
 */
public record Seal(long seq, long block, Hash hash, Instant time, long chainNext) {}
