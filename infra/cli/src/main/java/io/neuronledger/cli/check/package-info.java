/**
 * Manual reconciliation: compares a running ledger with the contracts at one block of a node.
 */
@NullMarked
package io.neuronledger.cli.check;

import org.jspecify.annotations.NullMarked;
