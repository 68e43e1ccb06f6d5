/** The manual check and the repair through the partitions, on the whole stack. */
@NullMarked
package io.neuronledger.cli.check;

import org.jspecify.annotations.NullMarked;
