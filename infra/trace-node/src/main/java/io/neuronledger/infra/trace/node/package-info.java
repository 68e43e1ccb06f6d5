/**
 * A node that has lived through a trace: JSON-RPC over HTTP, as the chain's own nodes answer it. In comes a trace; out
 * come its blocks, logs, receipts, states and call traces, up to the block that is its head.
 */
@NullMarked
package io.neuronledger.infra.trace.node;

import org.jspecify.annotations.NullMarked;
