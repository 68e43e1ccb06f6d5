/** Tests. */
@NullMarked
package io.neuronledger.indexer.publish;

import org.jspecify.annotations.NullMarked;
