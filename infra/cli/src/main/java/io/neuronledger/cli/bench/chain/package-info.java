/**
 * A chain that is computed, not mined: blocks, logs, receipts and storage roots follow from a block's number, so that
 * it may hold millions of blocks and events.
 */
@NullMarked
package io.neuronledger.cli.bench.chain;

import org.jspecify.annotations.NullMarked;
