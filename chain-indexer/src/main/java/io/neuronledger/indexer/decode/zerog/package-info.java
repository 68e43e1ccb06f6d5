/**
 * The family {@code 0g}: the 0G Compute contracts. Below: {@code contract} (their words), {@code books} (what
 * is remembered), {@code code} (what the contracts run), {@code fold} (what the words mean), {@code trace} (calls
 * inside transactions), {@code state} (their views), {@code tell} (from fetched blocks to readings).
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog;

import org.jspecify.annotations.NullMarked;
