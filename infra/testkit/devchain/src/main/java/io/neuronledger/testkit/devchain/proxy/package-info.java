/** A proxy in front of a node that alters its answers, to simulate the behaviour of public nodes. */
@NullMarked
package io.neuronledger.testkit.devchain.proxy;

import org.jspecify.annotations.NullMarked;
