/** The family {@code account-ledger}: our own contract, whose logs say everything. */
@NullMarked
package io.neuronledger.indexer.decode.accountledger;

import org.jspecify.annotations.NullMarked;
