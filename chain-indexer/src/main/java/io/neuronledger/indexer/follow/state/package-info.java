/**
 * What is stored between two starts: the cursor, the recent blocks, the last reconciliation, and the batch that
 * replaces them.
 */
@NullMarked
package io.neuronledger.indexer.follow.state;

import org.jspecify.annotations.NullMarked;
