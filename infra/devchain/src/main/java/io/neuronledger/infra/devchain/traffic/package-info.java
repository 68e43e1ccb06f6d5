/** Random traffic on AccountLedger: what tests and soaks let many wallets do. */
@NullMarked
package io.neuronledger.infra.devchain.traffic;

import org.jspecify.annotations.NullMarked;
