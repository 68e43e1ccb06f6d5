/**
 * A node that replays a trace: JSON-RPC over HTTP, as the chain's nodes answer it. It serves the trace's blocks, logs,
 * receipts, states and call traces, up to its current head.
 */
@NullMarked
package io.neuronledger.testkit.trace.node;

import org.jspecify.annotations.NullMarked;
