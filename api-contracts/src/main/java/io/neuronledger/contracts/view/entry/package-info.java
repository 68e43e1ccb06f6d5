/** Answers about the journal of an owner. */
@NullMarked
package io.neuronledger.contracts.view.entry;

import org.jspecify.annotations.NullMarked;
