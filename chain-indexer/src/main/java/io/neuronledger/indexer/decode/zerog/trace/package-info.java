/**
 * Traces of calls inside transactions, and their order among the logs. In: a node's trace of a block; out: actions in
 * execution order, without failed calls and everything inside them.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.trace;

import org.jspecify.annotations.NullMarked;
