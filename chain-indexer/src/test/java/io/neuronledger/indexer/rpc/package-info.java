/** Tests of JSON-RPC to one node. */
@NullMarked
package io.neuronledger.indexer.rpc;

import org.jspecify.annotations.NullMarked;
