/** Reports of chain-indexer about following the chain, for {@code as_of} and the status. */
@NullMarked
package io.neuronledger.query.following;

import org.jspecify.annotations.NullMarked;
