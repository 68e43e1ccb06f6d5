/** Violations of the architecture, to verify that its rules can fail. */
@NullMarked
package io.neuronledger.planted.query.balance;

import org.jspecify.annotations.NullMarked;
