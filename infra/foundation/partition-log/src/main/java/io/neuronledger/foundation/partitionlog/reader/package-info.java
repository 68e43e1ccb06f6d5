/**
 * Reads the partitions of a topic in order, exactly once, each from the position that its handler has stored. The
 * partitions of one poll are handled together; if that fails, each by itself: so one that fails, or halts, holds up no
 * other.
 */
@NullMarked
package io.neuronledger.foundation.partitionlog.reader;

import org.jspecify.annotations.NullMarked;
