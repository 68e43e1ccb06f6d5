/** Violations of the architecture, to verify that its rules can fail. */
@NullMarked
package io.neuronledger.query.planted;

import org.jspecify.annotations.NullMarked;
