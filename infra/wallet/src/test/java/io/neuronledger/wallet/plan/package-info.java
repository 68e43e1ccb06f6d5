@NullMarked
package io.neuronledger.wallet.plan;

import org.jspecify.annotations.NullMarked;
