/** The state of a ledger as account events carry it: balances, refunds, and the postings that change them. */
@NullMarked
package io.neuronledger.contracts.balance;

import org.jspecify.annotations.NullMarked;
