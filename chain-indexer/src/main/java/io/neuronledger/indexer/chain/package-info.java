/**
 * Reads the chain from nodes and checks every answer. In: block numbers, addresses and topics to follow; out:
 * consecutive headers and their logs, or a failure. Independent of contracts.
 */
@NullMarked
package io.neuronledger.indexer.chain;

import org.jspecify.annotations.NullMarked;
