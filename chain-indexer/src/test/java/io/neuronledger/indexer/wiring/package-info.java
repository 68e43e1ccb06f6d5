/** Tests. */
@NullMarked
package io.neuronledger.indexer.wiring;

import org.jspecify.annotations.NullMarked;
