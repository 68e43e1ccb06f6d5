@NullMarked
package io.neuronledger.indexer.decode.zerog.settlement;

import org.jspecify.annotations.NullMarked;
