/**
 * The command line behind {@code ./ledger}: in come words, out come a running stack, a demonstration, a measurement.
 */
@NullMarked
package io.neuronledger.local;

import org.jspecify.annotations.NullMarked;
