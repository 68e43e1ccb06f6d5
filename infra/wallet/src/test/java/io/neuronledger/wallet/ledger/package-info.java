@NullMarked
package io.neuronledger.wallet.ledger;

import org.jspecify.annotations.NullMarked;
