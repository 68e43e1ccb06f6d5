/**
 * The life cycle of an account, played with real transactions. After each step, the ledger's answers over HTTP are
 * compared with the contract's at the same block.
 */
@NullMarked
package io.neuronledger.cli.demo;

import org.jspecify.annotations.NullMarked;
