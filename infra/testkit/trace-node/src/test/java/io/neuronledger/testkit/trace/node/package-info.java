@NullMarked
package io.neuronledger.testkit.trace.node;

import org.jspecify.annotations.NullMarked;
