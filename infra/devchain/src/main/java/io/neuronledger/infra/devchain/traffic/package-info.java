/** Random traffic of many wallets on AccountLedger, for tests and soak runs. */
@NullMarked
package io.neuronledger.infra.devchain.traffic;

import org.jspecify.annotations.NullMarked;
