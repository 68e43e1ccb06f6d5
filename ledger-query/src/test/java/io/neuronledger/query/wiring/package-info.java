/** Settings from the environment. */
@NullMarked
package io.neuronledger.query.wiring;

import org.jspecify.annotations.NullMarked;
