/** The checks before the first block: the node's chain, the contracts, and the stored deployment. */
@NullMarked
package io.neuronledger.indexer.follow.start;

import org.jspecify.annotations.NullMarked;
