/** JSON-RPC with a node, single and in batches, and the forms of its answers. */
@NullMarked
package io.neuronledger.infra.devchain.rpc;

import org.jspecify.annotations.NullMarked;
