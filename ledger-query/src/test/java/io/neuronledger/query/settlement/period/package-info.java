@NullMarked
package io.neuronledger.query.settlement.period;

import org.jspecify.annotations.NullMarked;
