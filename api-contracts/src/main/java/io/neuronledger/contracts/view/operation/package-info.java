/** Answers about the service itself: its state, its rebuild, its quarantine and its check of rows. */
@NullMarked
package io.neuronledger.contracts.view.operation;

import org.jspecify.annotations.NullMarked;
