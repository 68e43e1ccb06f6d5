/** Tests of decisions about periods. */
@NullMarked
package io.neuronledger.command.period;

import org.jspecify.annotations.NullMarked;
