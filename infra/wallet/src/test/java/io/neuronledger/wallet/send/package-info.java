@NullMarked
package io.neuronledger.wallet.send;

import org.jspecify.annotations.NullMarked;
