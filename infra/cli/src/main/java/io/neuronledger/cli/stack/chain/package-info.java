/** The chain that the stack follows: the embedded dev chain, or a node of the user's. */
@NullMarked
package io.neuronledger.cli.stack.chain;

import org.jspecify.annotations.NullMarked;
