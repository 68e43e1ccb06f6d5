/**
 * A simulation of the 0G Compute contracts, written from their description alone. It turns operations of wallets and
 * providers into a {@link io.neuronledger.testkit.trace.Trace}, as if it had been recorded.
 */
@NullMarked
package io.neuronledger.testkit.trace.simulation;

import org.jspecify.annotations.NullMarked;
