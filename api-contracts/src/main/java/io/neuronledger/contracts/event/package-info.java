/** Chain events, published by the indexer, and account events, published by the ledger. */
@NullMarked
package io.neuronledger.contracts.event;

import org.jspecify.annotations.NullMarked;
