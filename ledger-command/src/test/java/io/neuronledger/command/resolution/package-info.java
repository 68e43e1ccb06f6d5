/** Tests of decisions about discrepancies. */
@NullMarked
package io.neuronledger.command.resolution;

import org.jspecify.annotations.NullMarked;
