/** The months of the accounts, and the reports by which they are closed. */
@NullMarked
package io.neuronledger.contracts.period;

import org.jspecify.annotations.NullMarked;
