@NullMarked
package io.neuronledger.infra.devchain.proxy;

import org.jspecify.annotations.NullMarked;
