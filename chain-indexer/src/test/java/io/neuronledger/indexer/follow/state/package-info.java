@NullMarked
package io.neuronledger.indexer.follow.state;

import org.jspecify.annotations.NullMarked;
