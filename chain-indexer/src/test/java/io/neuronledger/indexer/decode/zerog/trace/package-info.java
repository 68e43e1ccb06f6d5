/** Traces as nodes really write them. */
@NullMarked
package io.neuronledger.indexer.decode.zerog.trace;

import org.jspecify.annotations.NullMarked;
