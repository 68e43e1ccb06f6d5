@NullMarked
package io.neuronledger.indexer.chain.log;

import org.jspecify.annotations.NullMarked;
