/**
 * The life of an account, played with real transactions: after each step, what the ledger answers over HTTP beside what
 * the contract answers at the same block.
 */
@NullMarked
package io.neuronledger.local.demo;

import org.jspecify.annotations.NullMarked;
