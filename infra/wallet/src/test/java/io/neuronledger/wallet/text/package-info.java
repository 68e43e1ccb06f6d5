@NullMarked
package io.neuronledger.wallet.text;

import org.jspecify.annotations.NullMarked;
