@NullMarked
package io.neuronledger.foundation.evm;

import org.jspecify.annotations.NullMarked;
