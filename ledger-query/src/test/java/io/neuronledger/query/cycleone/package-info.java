/** Violations of the architecture, to verify that its rules can fail. */
@NullMarked
package io.neuronledger.query.cycleone;

import org.jspecify.annotations.NullMarked;
