/**
 * The partitions: where each stands, and what its records mean for what may be shown. Records come in, in
 * order; the partition's new standing and the lines for the projections go out. Plain Java, no I/O, but for the store.
 */
@NullMarked
package io.neuronledger.query.partition;

import org.jspecify.annotations.NullMarked;
