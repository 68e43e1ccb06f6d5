/** Recorded and simulated traces through a trace node, into the decoder and into the whole stack. */
@NullMarked
package io.neuronledger.cli.trace;

import org.jspecify.annotations.NullMarked;
