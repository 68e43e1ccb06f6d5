/**
 * JSON-RPC over HTTP to one node, in batches, with a deadline on every call. In: calls; out: their answers, or an
 * {@link io.neuronledger.indexer.rpc.RpcFailure} with the cause. Independent of blocks.
 */
@NullMarked
package io.neuronledger.indexer.rpc;

import org.jspecify.annotations.NullMarked;
