/**
 * Replays the contracts' logs and calls in order. In: one block's actions and the contract model before it; out:
 * readings, and the model after it. Plain Java: no node access, no clock.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.replay;

import org.jspecify.annotations.NullMarked;
