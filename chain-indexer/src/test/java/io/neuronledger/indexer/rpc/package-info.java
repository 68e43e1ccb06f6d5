/** Tests of how one node is asked. */
@NullMarked
package io.neuronledger.indexer.rpc;

import org.jspecify.annotations.NullMarked;
