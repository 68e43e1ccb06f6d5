/**
 * The index of refund locks: the refunds that come due by block time, in a table next to the events. Block time is the
 * clock; the aggregates emit the lock events, at a fact or before a seal. No balance depends on it.
 */
@NullMarked
package io.neuronledger.command.lock;

import org.jspecify.annotations.NullMarked;
