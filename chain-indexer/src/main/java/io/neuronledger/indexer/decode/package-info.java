/**
 * Decodes blocks into chain events: one family of contracts, one package below this one. In: blocks with their logs,
 * and the family's state; out: readings in the chain's order, and the state after them.
 */
@NullMarked
package io.neuronledger.indexer.decode;

import org.jspecify.annotations.NullMarked;
