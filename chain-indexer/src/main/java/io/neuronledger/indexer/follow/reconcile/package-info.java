/**
 * Reconciliations: publishes the contracts' state after a block's seal, on a schedule and on request, so that readers
 * can compare.
 */
@NullMarked
package io.neuronledger.indexer.follow.reconcile;

import org.jspecify.annotations.NullMarked;
