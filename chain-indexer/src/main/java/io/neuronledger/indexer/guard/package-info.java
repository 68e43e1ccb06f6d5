/**
 * Guards against missing logs by the storage roots of the followed contracts. In: blocks, contracts, a node; out: the
 * blocks that changed a contract, and the guard of every range of published blocks. Independent of the contracts'
 * storage layout.
 */
@NullMarked
package io.neuronledger.indexer.guard;

import org.jspecify.annotations.NullMarked;
