/** What a transaction will do, what it cancels, and which rule of the contracts would refuse it. Asks nobody. */
@NullMarked
package io.neuronledger.wallet.plan;

import org.jspecify.annotations.NullMarked;
