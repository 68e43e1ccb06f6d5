/** What a policy of auto-funding makes of an owner's holdings: a transfer, nothing, or a refusal. Asks nobody. */
@NullMarked
package io.neuronledger.wallet.funding;

import org.jspecify.annotations.NullMarked;
