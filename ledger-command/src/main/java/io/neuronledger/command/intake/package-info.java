/**
 * Chain events become account events: what a poll brings is one unit of work, with the positions of its partitions
 * locked and moved in the same transaction. Input: {@code ledger.chain-events.v1}. Output: rows of the event store.
 */
@NullMarked
package io.neuronledger.command.intake;

import org.jspecify.annotations.NullMarked;
