/** The ABI of the contracts, compared with hashes of the compiled ones. */
@NullMarked
package io.neuronledger.indexer.decode.zerog.contract;

import org.jspecify.annotations.NullMarked;
