/**
 * Did the ledger's state equal the contract's? Input: the end of each comparison, and every restatement. Output: runs
 * and differences.
 */
@NullMarked
package io.neuronledger.query.reconciliation;

import org.jspecify.annotations.NullMarked;
