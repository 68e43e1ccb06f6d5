/** The forms of a node's answers. */
@NullMarked
package io.neuronledger.infra.devchain.rpc;

import org.jspecify.annotations.NullMarked;
