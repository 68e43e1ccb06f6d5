/**
 * Account events for everybody: the event store's rows, in the order of their seq, to {@code ledger.account-events.v1}.
 * How far each partition has come is in the same Kafka transaction as the events, so nothing is lost and nothing comes
 * twice.
 */
@NullMarked
package io.neuronledger.command.publish;

import org.jspecify.annotations.NullMarked;
