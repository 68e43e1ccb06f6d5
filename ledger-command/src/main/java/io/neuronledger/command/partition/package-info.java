/**
 * The unit of work on one partition: applies the next chain events, or a release from quarantine, to the owners and to
 * the partition itself, in order and in one transaction.
 */
@NullMarked
package io.neuronledger.command.partition;

import org.jspecify.annotations.NullMarked;
