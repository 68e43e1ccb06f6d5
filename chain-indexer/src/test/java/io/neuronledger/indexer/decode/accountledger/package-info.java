/** Tests. */
@NullMarked
package io.neuronledger.indexer.decode.accountledger;

import org.jspecify.annotations.NullMarked;
