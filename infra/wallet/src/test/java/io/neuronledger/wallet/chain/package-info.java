@NullMarked
package io.neuronledger.wallet.chain;

import org.jspecify.annotations.NullMarked;
