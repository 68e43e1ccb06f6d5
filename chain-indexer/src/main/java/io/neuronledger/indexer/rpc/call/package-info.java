/** Questions to a node, their answers and their failures. */
@NullMarked
package io.neuronledger.indexer.rpc.call;

import org.jspecify.annotations.NullMarked;
