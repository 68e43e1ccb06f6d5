/** The forms of a node's answers. */
@NullMarked
package io.neuronledger.testkit.devchain.rpc;

import org.jspecify.annotations.NullMarked;
