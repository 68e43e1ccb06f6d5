/** The command line for people with a wallet: reads what the ledger has, and sends what its owner confirms. */
@NullMarked
package io.neuronledger.wallet;

import org.jspecify.annotations.NullMarked;
