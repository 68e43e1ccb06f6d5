/** Reads the logs of blocks and verifies that none is missing: by bloom filters and by receipts. */
@NullMarked
package io.neuronledger.indexer.chain.log;

import org.jspecify.annotations.NullMarked;
