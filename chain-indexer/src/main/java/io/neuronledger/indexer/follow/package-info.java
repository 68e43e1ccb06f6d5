/**
 * Follows the chain in bounded steps: chooses the next blocks, detects forks, and writes the records. In: nodes, a
 * contract family, the stored state; out: transactions for the publisher.
 */
@NullMarked
package io.neuronledger.indexer.follow;

import org.jspecify.annotations.NullMarked;
