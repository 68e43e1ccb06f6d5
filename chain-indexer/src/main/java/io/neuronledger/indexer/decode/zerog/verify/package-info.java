/** Verifies a decoded block against LedgerManager's native balance, and finds what changed where both differ. */
@NullMarked
package io.neuronledger.indexer.decode.zerog.verify;

import org.jspecify.annotations.NullMarked;
