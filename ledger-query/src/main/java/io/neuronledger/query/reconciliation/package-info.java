/**
 * Did our state equal the contract's? The end of each comparison comes in, and every restatement; runs and
 * differences go out.
 */
@NullMarked
package io.neuronledger.query.reconciliation;

import org.jspecify.annotations.NullMarked;
