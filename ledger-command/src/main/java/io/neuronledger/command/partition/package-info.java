/**
 * One unit of work on one partition: what the next chain events, or a release from quarantine, do to its owners and to
 * the partition itself, in one transaction and in order.
 */
@NullMarked
package io.neuronledger.command.partition;

import org.jspecify.annotations.NullMarked;
