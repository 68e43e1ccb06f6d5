/** A JSON-RPC client for single calls and batches, and its result types. */
@NullMarked
package io.neuronledger.testkit.devchain.rpc;

import org.jspecify.annotations.NullMarked;
