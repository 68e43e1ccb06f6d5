/** Tests. */
@NullMarked
package io.neuronledger.indexer.chain;

import org.jspecify.annotations.NullMarked;
