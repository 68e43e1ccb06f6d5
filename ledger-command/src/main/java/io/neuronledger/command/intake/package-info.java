/**
 * Chain events become account events: a Kafka batch of one partition is one unit of work, with the partition's position
 * moved by compare-and-set in the same transaction. Input: {@code ledger.chain-events.v1}. Output: rows of the event
 * store.
 */
@NullMarked
package io.neuronledger.command.intake;

import org.jspecify.annotations.NullMarked;
