/** Tests of accepted usage and its totals. */
@NullMarked
package io.neuronledger.command.usage;

import org.jspecify.annotations.NullMarked;
