@NullMarked
package io.neuronledger.contracts.topic;

import org.jspecify.annotations.NullMarked;
