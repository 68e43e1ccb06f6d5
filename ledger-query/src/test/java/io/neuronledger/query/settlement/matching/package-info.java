@NullMarked
package io.neuronledger.query.settlement.matching;

import org.jspecify.annotations.NullMarked;
