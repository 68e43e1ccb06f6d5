package io.neuronledger.indexer.chain;

import io.neuronledger.indexer.rpc.RpcLimits;

/**
 * How nodes are asked.
 *
 * @param blocksPerRangeMax of one {@code eth_getLogs}; fewer where the node refuses
 * @param bloomCheck whether an answer without logs is held against the block's bloom
 */
public record ChainAccess(RpcLimits limits, int blocksPerRangeMax, boolean bloomCheck) {}
