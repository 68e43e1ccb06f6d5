@NullMarked
package io.neuronledger.wallet.funding;

import org.jspecify.annotations.NullMarked;
