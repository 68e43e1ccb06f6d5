@NullMarked
package io.neuronledger.indexer.chain.call;

import org.jspecify.annotations.NullMarked;
