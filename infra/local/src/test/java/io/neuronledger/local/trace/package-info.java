/** Recorded and simulated traces through a trace node, into the decoder and into the whole stack. */
@NullMarked
package io.neuronledger.local.trace;

import org.jspecify.annotations.NullMarked;
