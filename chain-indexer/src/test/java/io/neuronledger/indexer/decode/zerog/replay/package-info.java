@NullMarked
package io.neuronledger.indexer.decode.zerog.replay;

import org.jspecify.annotations.NullMarked;
