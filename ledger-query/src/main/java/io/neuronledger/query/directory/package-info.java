/** Which owners have a ledger? All owners with their balances, as of the block that every partition has sealed. */
@NullMarked
package io.neuronledger.query.directory;

import org.jspecify.annotations.NullMarked;
