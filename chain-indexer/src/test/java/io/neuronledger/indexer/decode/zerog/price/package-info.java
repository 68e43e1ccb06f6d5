@NullMarked
package io.neuronledger.indexer.decode.zerog.price;

import org.jspecify.annotations.NullMarked;
