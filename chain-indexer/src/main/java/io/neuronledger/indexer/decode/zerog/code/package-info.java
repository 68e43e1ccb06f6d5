/** The code that contracts run: what the chain holds of it, and how a setting names it. */
@NullMarked
package io.neuronledger.indexer.decode.zerog.code;

import org.jspecify.annotations.NullMarked;
