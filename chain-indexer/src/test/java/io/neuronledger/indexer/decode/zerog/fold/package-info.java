@NullMarked
package io.neuronledger.indexer.decode.zerog.fold;

import org.jspecify.annotations.NullMarked;
