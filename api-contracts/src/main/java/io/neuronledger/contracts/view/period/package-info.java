/** Answers about the periods of the accounts and the decisions to close them. */
@NullMarked
package io.neuronledger.contracts.view.period;

import org.jspecify.annotations.NullMarked;
