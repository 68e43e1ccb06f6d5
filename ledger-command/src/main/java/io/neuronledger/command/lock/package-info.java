/**
 * The refund lock's memory: which refunds block time will make due, in a table beside the events. Block time is the
 * clock; what is due is said by the aggregates, at a fact or before a seal. Money never depends on it.
 */
@NullMarked
package io.neuronledger.command.lock;

import org.jspecify.annotations.NullMarked;
