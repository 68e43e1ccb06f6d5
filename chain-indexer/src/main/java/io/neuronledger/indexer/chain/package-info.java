/**
 * What nodes say of the chain, checked before anybody believes it. In: block numbers, addresses and topics of interest;
 * out: headers that follow one another and the logs that stand in them, or a failure. Knows nothing of contracts.
 */
@NullMarked
package io.neuronledger.indexer.chain;

import org.jspecify.annotations.NullMarked;
