/** The service chain-indexer: follows one deployment on one chain and publishes its events exactly once. */
@NullMarked
package io.neuronledger.indexer;

import org.jspecify.annotations.NullMarked;
