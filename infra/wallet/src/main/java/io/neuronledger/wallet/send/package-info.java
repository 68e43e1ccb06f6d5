/** The commands that send: each shows what will happen, asks, sends, and waits for the ledger. */
@NullMarked
package io.neuronledger.wallet.send;

import org.jspecify.annotations.NullMarked;
