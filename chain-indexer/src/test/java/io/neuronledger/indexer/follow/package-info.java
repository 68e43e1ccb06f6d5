/** Tests. */
@NullMarked
package io.neuronledger.indexer.follow;

import org.jspecify.annotations.NullMarked;
