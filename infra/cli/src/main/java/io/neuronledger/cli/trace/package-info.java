/**
 * Golden traces: recorded transactions of the real 0G Compute contracts, with the contracts' state after each. Verifies
 * that the ledger's answers equal that state.
 */
@NullMarked
package io.neuronledger.cli.trace;

import org.jspecify.annotations.NullMarked;
