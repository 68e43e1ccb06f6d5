/**
 * The event store on PostgreSQL: how account events are written and read back (through Axon), and how far each
 * partition has come. Comes in: what the aggregates applied. Goes out: streams, and rows in the order of their seq.
 */
@NullMarked
package io.neuronledger.command.store;

import org.jspecify.annotations.NullMarked;
