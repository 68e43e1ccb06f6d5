@NullMarked
package io.neuronledger.indexer.decode.zerog.state;

import org.jspecify.annotations.NullMarked;
