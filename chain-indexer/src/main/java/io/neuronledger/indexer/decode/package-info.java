/**
 * How the material of a block becomes chain events: one family of contracts, one package below this one. In: blocks
 * with their logs, and what the family remembers; out: readings in the chain's order, and what it then remembers.
 */
@NullMarked
package io.neuronledger.indexer.decode;

import org.jspecify.annotations.NullMarked;
