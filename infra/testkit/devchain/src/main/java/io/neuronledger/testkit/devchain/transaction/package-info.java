/** Signed transactions of wallets: sent without waiting for blocks, awaited by hash, with decoded failures. */
@NullMarked
package io.neuronledger.testkit.devchain.transaction;

import org.jspecify.annotations.NullMarked;
