/** The dev node: starts anvil as a separate process and controls its clock, mining and forks. */
@NullMarked
package io.neuronledger.testkit.devchain;

import org.jspecify.annotations.NullMarked;
