/**
 * How one node is asked: JSON-RPC over HTTP, in batches, with a deadline on every call. In: calls; out: their answers,
 * or an {@link io.neuronledger.indexer.rpc.RpcFailure} that says what the node did not do. Knows nothing of blocks.
 */
@NullMarked
package io.neuronledger.indexer.rpc;

import org.jspecify.annotations.NullMarked;
