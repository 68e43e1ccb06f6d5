/** What does an owner have, now or at a past block? Account events come in; ledgers and sub-accounts go out. */
@NullMarked
package io.neuronledger.query.balance;

import org.jspecify.annotations.NullMarked;
