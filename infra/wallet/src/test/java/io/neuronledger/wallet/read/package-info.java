@NullMarked
package io.neuronledger.wallet.read;

import org.jspecify.annotations.NullMarked;
