/** The family {@code account-ledger}: the project's own contract, which logs every change. */
@NullMarked
package io.neuronledger.indexer.decode.accountledger;

import org.jspecify.annotations.NullMarked;
