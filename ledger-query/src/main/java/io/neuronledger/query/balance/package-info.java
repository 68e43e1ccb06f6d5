/** What is an owner's balance, now or at a past block? Input: account events. Output: ledgers and sub-accounts. */
@NullMarked
package io.neuronledger.query.balance;

import org.jspecify.annotations.NullMarked;
