/**
 * Which schema holds the live read model? Each rebuild creates a generation beside the live one; every transaction
 * looks up the live generation and uses it to its end.
 */
@NullMarked
package io.neuronledger.query.generation;

import org.jspecify.annotations.NullMarked;
