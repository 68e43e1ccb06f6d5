/** Tests. */
@NullMarked
package io.neuronledger.indexer.decode;

import org.jspecify.annotations.NullMarked;
