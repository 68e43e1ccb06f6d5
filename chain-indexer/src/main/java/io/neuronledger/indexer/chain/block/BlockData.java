package io.neuronledger.indexer.chain.block;

import java.util.List;

/**
 * The fetched data of one block.
 *
 * @param logs the logs that pass the filter, in the chain's order
 * @param checked whether the receipts of its transactions have the same logs
 */
public record BlockData(Header header, List<LogEntry> logs, boolean checked) {
  public BlockData {
    logs = List.copyOf(logs);
  }

  /** A block not checked against receipts. */
  public BlockData(Header header, List<LogEntry> logs) {
    this(header, logs, false);
  }

  public BlockData asChecked() {
    return new BlockData(header, logs, true);
  }
}
