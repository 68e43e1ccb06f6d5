/** AccountLedger's rules on a real node, both sides of each limit. */
@NullMarked
package io.neuronledger.testkit.devchain.contract;

import org.jspecify.annotations.NullMarked;
