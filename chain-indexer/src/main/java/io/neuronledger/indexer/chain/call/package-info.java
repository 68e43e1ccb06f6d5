/** Single questions to a node, each with the check of its answer. */
@NullMarked
package io.neuronledger.indexer.chain.call;

import org.jspecify.annotations.NullMarked;
