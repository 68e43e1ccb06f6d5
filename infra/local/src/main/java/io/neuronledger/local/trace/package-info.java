/**
 * Golden traces: what was recorded of the real 0G Compute contracts, transaction by transaction, with their own state
 * after each. In comes a file; out comes whether this ledger answers the same.
 */
@NullMarked
package io.neuronledger.local.trace;

import org.jspecify.annotations.NullMarked;
