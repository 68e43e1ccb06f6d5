@NullMarked
package io.neuronledger.client.event;

import org.jspecify.annotations.NullMarked;
