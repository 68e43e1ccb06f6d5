/**
 * Why a serving contract rejects an item of a settlement. In: the status that it logs, the call where it was seen, and
 * what is known right before; from the node, the signers of the services. Out: the reason, as far as it is certain.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.settlement;

import org.jspecify.annotations.NullMarked;
