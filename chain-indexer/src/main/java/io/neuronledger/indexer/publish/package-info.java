/**
 * Publishes to Kafka exactly once, and decides which instance may write. In: records of the partitions, their blocks
 * and entries of the indexer's state; out: one transaction with all of them, or none. Independent of how the chain is
 * followed.
 */
@NullMarked
package io.neuronledger.indexer.publish;

import org.jspecify.annotations.NullMarked;
