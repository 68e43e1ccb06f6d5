@NullMarked
package io.neuronledger.infra.trace.node;

import org.jspecify.annotations.NullMarked;
