@NullMarked
package io.neuronledger.indexer.guard;

import org.jspecify.annotations.NullMarked;
