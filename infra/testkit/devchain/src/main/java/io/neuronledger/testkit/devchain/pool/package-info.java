/** The vault and the pool of the dev chain: contracts of ours that stand in for the Payment Layer and the Router's. */
@NullMarked
package io.neuronledger.testkit.devchain.pool;

import org.jspecify.annotations.NullMarked;
