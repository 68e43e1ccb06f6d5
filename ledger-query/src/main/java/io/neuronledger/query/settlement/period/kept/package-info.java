/** The reports that were frozen, as they are kept, and those that differ when they are made again. */
@NullMarked
package io.neuronledger.query.settlement.period.kept;

import org.jspecify.annotations.NullMarked;
