/** Reports to the other services whether the chain is being followed. */
@NullMarked
package io.neuronledger.indexer.report;

import org.jspecify.annotations.NullMarked;
