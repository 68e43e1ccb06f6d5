/** What a transaction did to the contracts: its calls, and its logs grouped by the call that emitted them. */
@NullMarked
package io.neuronledger.indexer.decode.zerog.replay.action;

import org.jspecify.annotations.NullMarked;
