/** The words of the contracts, held against what was computed from the compiled ones. */
@NullMarked
package io.neuronledger.indexer.abi;

import org.jspecify.annotations.NullMarked;
