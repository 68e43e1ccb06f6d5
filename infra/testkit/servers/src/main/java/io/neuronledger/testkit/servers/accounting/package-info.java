/** Accounting programs that read what the ledger writes. */
@NullMarked
package io.neuronledger.testkit.servers.accounting;

import org.jspecify.annotations.NullMarked;
