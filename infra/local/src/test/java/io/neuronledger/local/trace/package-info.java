/** Traces, recorded and made up, through a node that serves them, into the decoder and into the whole stack. */
@NullMarked
package io.neuronledger.local.trace;

import org.jspecify.annotations.NullMarked;
