/**
 * The contracts' whole state at one block, read through their views: for a start, for the difference of two states,
 * for comparison. Every answer is pinned to the block; pages are read at the same block.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.state;

import org.jspecify.annotations.NullMarked;
