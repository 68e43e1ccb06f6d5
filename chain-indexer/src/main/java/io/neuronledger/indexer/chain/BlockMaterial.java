package io.neuronledger.indexer.chain;

import java.util.List;

/**
 * All that was fetched of one block.
 *
 * @param logs those of the filter, in the chain's order
 * @param checked whether the receipts of its transactions hold the same logs
 */
public record BlockMaterial(Header header, List<LogEntry> logs, boolean checked) {
  public BlockMaterial {
    logs = List.copyOf(logs);
  }

  /** Not held against receipts. */
  public BlockMaterial(Header header, List<LogEntry> logs) {
    this(header, logs, false);
  }

  BlockMaterial asChecked() {
    return new BlockMaterial(header, logs, true);
  }
}
