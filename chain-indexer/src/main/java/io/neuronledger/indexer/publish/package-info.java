/**
 * How what was read reaches Kafka exactly once, and who may write. In: records of the partitions and entries of the
 * indexer's memory; out: one transaction with all of them, or none. Knows nothing of how the chain is followed.
 */
@NullMarked
package io.neuronledger.indexer.publish;

import org.jspecify.annotations.NullMarked;
