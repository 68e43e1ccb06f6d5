/** Recorded and simulated traces through a trace node, into the decoder and into the whole stack. */
@NullMarked
package io.neuronledger.cli.autofund;

import org.jspecify.annotations.NullMarked;
