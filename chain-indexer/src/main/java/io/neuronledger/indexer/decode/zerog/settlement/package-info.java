/**
 * The reasons why a serving contract rejects a settlement item. In: the logged status, the call where it was seen, the
 * model right before it; from the node, the signers of the services. Out: the reason, as far as it is certain.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.settlement;

import org.jspecify.annotations.NullMarked;
