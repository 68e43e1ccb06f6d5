/**
 * The ABI of the 0G Compute contracts: logs, calls and views as bytes, and as records. In: hex; out: decoded values, or
 * an {@link java.lang.IllegalArgumentException} where the hex does not match the ABI.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.contract;

import org.jspecify.annotations.NullMarked;
