/** The prices that providers publish in the serving contracts. */
@NullMarked
package io.neuronledger.indexer.decode.zerog.price;

import org.jspecify.annotations.NullMarked;
