@NullMarked
package io.neuronledger.testkit.devchain.proxy;

import org.jspecify.annotations.NullMarked;
