/**
 * The family {@code 0g}: the 0G Compute contracts. Below: {@code contract} (their ABI), {@code model} (the typed
 * state), {@code code} (the code that contracts run), {@code replay} (the meaning of logs and calls), {@code trace}
 * (calls inside transactions), {@code settlement} (rejection reasons), {@code state} (their views), {@code process}
 * (from fetched blocks to readings).
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog;

import org.jspecify.annotations.NullMarked;
