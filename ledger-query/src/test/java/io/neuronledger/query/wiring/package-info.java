/** Settings, as an operator gives them. */
@NullMarked
package io.neuronledger.query.wiring;

import org.jspecify.annotations.NullMarked;
