@NullMarked
package io.neuronledger.indexer.follow.start;

import org.jspecify.annotations.NullMarked;
