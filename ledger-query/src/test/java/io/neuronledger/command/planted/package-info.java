/** Violations of the architecture, to verify that its rules can fail. */
@NullMarked
package io.neuronledger.command.planted;

import org.jspecify.annotations.NullMarked;
