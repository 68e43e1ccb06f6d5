/** Random traffic of many wallets on AccountLedger, for tests and soak runs. */
@NullMarked
package io.neuronledger.testkit.devchain.traffic;

import org.jspecify.annotations.NullMarked;
