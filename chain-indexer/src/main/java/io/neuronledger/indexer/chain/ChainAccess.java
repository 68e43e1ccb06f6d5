package io.neuronledger.indexer.chain;

import io.neuronledger.indexer.rpc.RpcLimits;
import java.time.Duration;

/**
 * How nodes are asked.
 *
 * @param blocksPerRangeMax of one {@code eth_getLogs}; fewer where the node refuses
 * @param bloomCheck whether an answer without logs is held against the block's bloom
 * @param blockTimeTolerance how far ahead of our clock a block may be; zero where the two are not compared
 */
public record ChainAccess(RpcLimits limits, int blocksPerRangeMax, boolean bloomCheck, Duration blockTimeTolerance) {
  /** Without a comparison of block times with our clock. */
  public ChainAccess(RpcLimits limits, int blocksPerRangeMax, boolean bloomCheck) {
    this(limits, blocksPerRangeMax, bloomCheck, Duration.ZERO);
  }
}
