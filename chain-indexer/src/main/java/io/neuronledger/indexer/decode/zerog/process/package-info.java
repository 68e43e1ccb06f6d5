/**
 * Decodes fetched blocks: decides which blocks need closer examination, asks the node for it, and verifies the result
 * against the contracts' native balance. A block is published only if it agrees.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.process;

import org.jspecify.annotations.NullMarked;
