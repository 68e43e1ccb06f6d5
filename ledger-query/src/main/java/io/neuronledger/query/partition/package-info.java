/**
 * Partitions, their positions, and the seals up to which answers may show data. Input: records, in order. Output: the
 * partition's new state, and the lines for the projections. Plain Java without I/O, except for the stores.
 */
@NullMarked
package io.neuronledger.query.partition;

import org.jspecify.annotations.NullMarked;
