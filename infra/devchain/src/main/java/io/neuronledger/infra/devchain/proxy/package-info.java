/** A proxy in front of a node, which alters what it answers: the nodes that are out there, played on purpose. */
@NullMarked
package io.neuronledger.infra.devchain.proxy;

import org.jspecify.annotations.NullMarked;
