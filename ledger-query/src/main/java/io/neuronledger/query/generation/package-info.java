/**
 * Which schema holds the read model that answers? Each rebuild makes a generation of its own beside the live one; every
 * transaction finds out which one is live, and stays with it to its end.
 */
@NullMarked
package io.neuronledger.query.generation;

import org.jspecify.annotations.NullMarked;
