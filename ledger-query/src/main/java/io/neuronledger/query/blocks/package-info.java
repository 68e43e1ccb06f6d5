/**
 * Which block is an answer as of? Input: the blocks that chain-indexer published, each once for all partitions. Output:
 * their hashes and times, and the block that each partition's answers are as of.
 */
@NullMarked
package io.neuronledger.query.blocks;

import org.jspecify.annotations.NullMarked;
