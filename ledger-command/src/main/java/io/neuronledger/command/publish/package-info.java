/**
 * Publishes account events: the event store's rows, in the order of their seq, to {@code ledger.account-events.v1}.
 * Each partition's position is written in the same Kafka transaction as the events, so each event is published exactly
 * once. Events that this process has just committed come from memory, the others from the store.
 */
@NullMarked
package io.neuronledger.command.publish;

import org.jspecify.annotations.NullMarked;
