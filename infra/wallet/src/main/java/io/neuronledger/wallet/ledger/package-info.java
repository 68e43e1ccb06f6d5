/** Asks the ledger, with the clients that are generated from its OpenAPI documents. */
@NullMarked
package io.neuronledger.wallet.ledger;

import org.jspecify.annotations.NullMarked;
