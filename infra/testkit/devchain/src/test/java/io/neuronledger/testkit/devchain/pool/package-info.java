/** The rules of PaymentVault and RouterPool on a real node, both sides of each limit. */
@NullMarked
package io.neuronledger.testkit.devchain.pool;

import org.jspecify.annotations.NullMarked;
