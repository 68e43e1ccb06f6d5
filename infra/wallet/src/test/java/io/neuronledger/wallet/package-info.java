@NullMarked
package io.neuronledger.wallet;

import org.jspecify.annotations.NullMarked;
