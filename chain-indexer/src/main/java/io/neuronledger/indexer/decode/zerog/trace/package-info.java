/**
 * What nodes say of the calls inside transactions, and how those stand among the logs. In: a node's trace of a block;
 * out: acts in the order of execution. Failed calls, and all that happened inside them, are not there.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.trace;

import org.jspecify.annotations.NullMarked;
