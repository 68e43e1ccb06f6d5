/**
 * The command line of {@code ./ledger}: runs the stack, the demonstration, checks and measurements.
 */
@NullMarked
package io.neuronledger.cli;

import org.jspecify.annotations.NullMarked;
