/**
 * From fetched blocks to what is told of them: which of them need a closer look, what the node is asked then, and
 * whether what comes out agrees with the contracts' coins. A block is told only when it does.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.process;

import org.jspecify.annotations.NullMarked;
