/** Reports on a period: what was used and settled in it. */
@NullMarked
package io.neuronledger.query.settlement.period;

import org.jspecify.annotations.NullMarked;
