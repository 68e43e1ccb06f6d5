package io.neuronledger.indexer.chain.block;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * A log as a node reports it.
 *
 * @param topics each {@code 0x} and 64 hex digits
 * @param data {@code 0x} and hex
 * @param index its index in the block, as nodes count
 */
public record LogEntry(WalletAddress emitter, List<String> topics, String data, long block, Hash blockHash,
    Hash transactionHash, int transactionIndex, int index) {
  public LogEntry {
    topics = List.copyOf(topics);
  }
}
