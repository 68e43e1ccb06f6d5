@NullMarked
package io.neuronledger.local.soak;

import org.jspecify.annotations.NullMarked;
