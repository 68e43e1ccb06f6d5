/** The dev node itself: a real anvil, started and ended. */
@NullMarked
package io.neuronledger.testkit.devchain;

import org.jspecify.annotations.NullMarked;
