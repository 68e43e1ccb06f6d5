/** The code that contracts run, and references to it in settings. */
@NullMarked
package io.neuronledger.indexer.decode.zerog.code;

import org.jspecify.annotations.NullMarked;
