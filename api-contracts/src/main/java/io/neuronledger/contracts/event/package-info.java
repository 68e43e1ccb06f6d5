/** What the indexer says of the chain (chain events) and what the ledger says of its accounts (account events). */
@NullMarked
package io.neuronledger.contracts.event;

import org.jspecify.annotations.NullMarked;
