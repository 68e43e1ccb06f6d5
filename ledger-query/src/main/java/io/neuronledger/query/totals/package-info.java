/** What is held, owed and settled, over all owners? Input: a period. Output: sums by service and by day. */
@NullMarked
package io.neuronledger.query.totals;

import org.jspecify.annotations.NullMarked;
