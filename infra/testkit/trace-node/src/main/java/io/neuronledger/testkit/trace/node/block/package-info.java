/** Blocks of a recorded or simulated run, with their transactions, logs and call frames, in a node's JSON. */
@NullMarked
package io.neuronledger.testkit.trace.node.block;

import org.jspecify.annotations.NullMarked;
