/** Blocks, transactions and logs as values, checked when they are read. Asks nobody. */
@NullMarked
package io.neuronledger.indexer.chain.block;

import org.jspecify.annotations.NullMarked;
