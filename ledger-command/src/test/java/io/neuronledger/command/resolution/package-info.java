/** Decisions about discrepancies: what they may be about, and that they are events. */
@NullMarked
package io.neuronledger.command.resolution;

import org.jspecify.annotations.NullMarked;
