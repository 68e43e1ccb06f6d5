package io.neuronledger.indexer.chain.block;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.evm.Bloom;
import java.time.Instant;
import java.util.List;

/**
 * A block without its logs.
 *
 * @param time the block's timestamp, whole seconds
 * @param transactionCount the number of its transactions
 * @param transactions only where requested; otherwise empty
 */
public record Header(long number, Hash hash, Hash parentHash, Instant time, Bloom bloom, int transactionCount,
    List<ChainTransaction> transactions) {
  public Header {
    transactions = List.copyOf(transactions);
  }

  /** A block without transactions changes nothing. */
  public boolean isEmpty() {
    return transactionCount == 0;
  }

  public BlockRef ref() {
    return new BlockRef(number, hash, time);
  }
}
