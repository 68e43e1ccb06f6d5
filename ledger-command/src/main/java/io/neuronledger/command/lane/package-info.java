/**
 * One unit of work on one lane: what the next chain events, or a release from quarantine, do to its owners and to the lane
 * itself, in one transaction and in order.
 */
@NullMarked
package io.neuronledger.command.lane;

import org.jspecify.annotations.NullMarked;
