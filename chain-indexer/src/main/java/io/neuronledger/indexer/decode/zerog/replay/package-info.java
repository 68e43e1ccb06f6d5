/**
 * What the contracts' logs and calls mean, in their order: the fold. In: one block's acts and what is remembered; out:
 * readings, and what is then remembered. Plain Java: asks no node, knows no clock.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.replay;

import org.jspecify.annotations.NullMarked;
