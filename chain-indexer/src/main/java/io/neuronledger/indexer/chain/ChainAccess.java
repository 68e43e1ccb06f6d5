package io.neuronledger.indexer.chain;

import io.neuronledger.indexer.rpc.http.RpcLimits;
import java.time.Duration;

/**
 * How nodes are accessed.
 *
 * @param blocksPerRangeMax the most blocks of one {@code eth_getLogs}; fewer where the node refuses
 * @param bloomCheck whether an answer without logs is checked against the block's bloom
 * @param blockTimeTolerance how far ahead of this machine's clock a block may be; zero to skip the comparison
 */
public record ChainAccess(RpcLimits limits, int blocksPerRangeMax, boolean bloomCheck, Duration blockTimeTolerance) {
  /** Without a comparison of block times with this machine's clock. */
  public ChainAccess(RpcLimits limits, int blocksPerRangeMax, boolean bloomCheck) {
    this(limits, blocksPerRangeMax, bloomCheck, Duration.ZERO);
  }
}
