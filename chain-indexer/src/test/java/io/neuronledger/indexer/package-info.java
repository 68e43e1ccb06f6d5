/** Tests of the service as a whole. */
@NullMarked
package io.neuronledger.indexer;

import org.jspecify.annotations.NullMarked;
