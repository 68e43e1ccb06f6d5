/**
 * Reconciliation by hand: in come a running ledger and a node; out comes what the ledger says otherwise than the
 * contracts at one block.
 */
@NullMarked
package io.neuronledger.local.check;

import org.jspecify.annotations.NullMarked;
