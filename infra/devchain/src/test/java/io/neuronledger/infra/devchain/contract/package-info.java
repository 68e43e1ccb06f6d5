/** AccountLedger's rules on a real node, both sides of each limit. */
@NullMarked
package io.neuronledger.infra.devchain.contract;

import org.jspecify.annotations.NullMarked;
