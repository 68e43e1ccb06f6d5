/**
 * Reads the partitions of a topic in order, exactly once, each from the position that its handler has stored. A
 * partition that fails, or halts, holds up no other.
 */
@NullMarked
package io.neuronledger.foundation.partitionlog.reader;

import org.jspecify.annotations.NullMarked;
