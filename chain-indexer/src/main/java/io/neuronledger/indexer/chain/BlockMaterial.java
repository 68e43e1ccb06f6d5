package io.neuronledger.indexer.chain;

import java.util.List;

/**
 * All that was fetched of one block.
 *
 * @param logs those of the filter, in the chain's order
 */
public record BlockMaterial(Header header, List<LogEntry> logs) {
  public BlockMaterial {
    logs = List.copyOf(logs);
  }
}
