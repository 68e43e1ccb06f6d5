@NullMarked
package io.neuronledger.indexer.chain.block;

import org.jspecify.annotations.NullMarked;
