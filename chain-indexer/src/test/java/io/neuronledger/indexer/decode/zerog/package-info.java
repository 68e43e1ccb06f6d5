@NullMarked
package io.neuronledger.indexer.decode.zerog;

import org.jspecify.annotations.NullMarked;
