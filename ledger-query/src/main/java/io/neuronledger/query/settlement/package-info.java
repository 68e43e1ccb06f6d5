/**
 * Which requests does a settlement cover? Input: settlements and reported usage. Output: matches, settlements and the
 * period report. The matches depend on the recorded events only, not on their order of arrival.
 */
@NullMarked
package io.neuronledger.query.settlement;

import org.jspecify.annotations.NullMarked;
