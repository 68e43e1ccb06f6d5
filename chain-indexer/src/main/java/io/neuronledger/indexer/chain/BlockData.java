package io.neuronledger.indexer.chain;

import java.util.List;

/**
 * All that was fetched of one block.
 *
 * @param logs those of the filter, in the chain's order
 * @param checked whether the receipts of its transactions hold the same logs
 */
public record BlockData(Header header, List<LogEntry> logs, boolean checked) {
  public BlockData {
    logs = List.copyOf(logs);
  }

  /** Not held against receipts. */
  public BlockData(Header header, List<LogEntry> logs) {
    this(header, logs, false);
  }

  BlockData asChecked() {
    return new BlockData(header, logs, true);
  }
}
