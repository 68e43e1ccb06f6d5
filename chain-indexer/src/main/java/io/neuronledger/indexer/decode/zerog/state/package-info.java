/**
 * Reads the contracts' whole state at one block through their views: for the initial state, for state differences, for
 * reconciliation. Every answer, and every page, is pinned to the block.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.state;

import org.jspecify.annotations.NullMarked;
