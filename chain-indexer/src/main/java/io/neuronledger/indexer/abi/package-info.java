/** Reads the ABI strictly, so that two different data never read as the same value. */
@NullMarked
package io.neuronledger.indexer.abi;

import org.jspecify.annotations.NullMarked;
