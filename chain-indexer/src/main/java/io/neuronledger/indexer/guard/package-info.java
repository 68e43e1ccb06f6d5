/**
 * What a block's logs are held against: the storage roots of the followed contracts. In: blocks, contracts, a node;
 * out: which blocks changed a contract, and for every range of published blocks how that is known. Knows nothing of
 * what a contract keeps in its storage.
 */
@NullMarked
package io.neuronledger.indexer.guard;

import org.jspecify.annotations.NullMarked;
