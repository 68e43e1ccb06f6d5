@NullMarked
package io.neuronledger.wallet.autofund;

import org.jspecify.annotations.NullMarked;
