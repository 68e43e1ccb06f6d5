/**
 * The words of the 0G Compute contracts: their logs, calls and views as bytes, and as records. In: hex; out: what it
 * says, or an {@link java.lang.IllegalArgumentException} where it is not what the ABI promises.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.contract;

import org.jspecify.annotations.NullMarked;
