@NullMarked
package io.neuronledger.client;

import org.jspecify.annotations.NullMarked;
