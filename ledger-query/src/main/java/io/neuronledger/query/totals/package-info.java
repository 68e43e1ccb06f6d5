/**
 * What do all accounts hold, and what was used, settled, and is outstanding? Input: a period. Output: sums by service
 * and by day, from sums that a projection keeps.
 */
@NullMarked
package io.neuronledger.query.totals;

import org.jspecify.annotations.NullMarked;
