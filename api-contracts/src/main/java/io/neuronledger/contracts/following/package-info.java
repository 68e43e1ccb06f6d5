/** Reports of chain-indexer: state, progress and guards of the published blocks. */
@NullMarked
package io.neuronledger.contracts.following;

import org.jspecify.annotations.NullMarked;
