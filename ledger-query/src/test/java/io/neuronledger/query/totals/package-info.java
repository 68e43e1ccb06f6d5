@NullMarked
package io.neuronledger.query.totals;

import org.jspecify.annotations.NullMarked;
