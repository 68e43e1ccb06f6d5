/** The dev node: starts anvil as a process of its own and drives its clock, its mining and its forks. */
@NullMarked
package io.neuronledger.infra.devchain;

import org.jspecify.annotations.NullMarked;
