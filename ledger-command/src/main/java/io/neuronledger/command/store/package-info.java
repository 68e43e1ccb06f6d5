/**
 * The event store on PostgreSQL: appends and reads account events (through Axon), and stores the position of each
 * partition. Input: events applied by the aggregates. Output: streams, and rows in the order of their seq.
 */
@NullMarked
package io.neuronledger.command.store;

import org.jspecify.annotations.NullMarked;
