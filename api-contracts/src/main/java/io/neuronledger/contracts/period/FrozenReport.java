package io.neuronledger.contracts.period;

import io.neuronledger.contracts.value.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What names a settlement report whose bytes are kept: all that is needed to make the same bytes again from the account
 * events. The bytes contain everything here but their own hash.
 *
 * @param previous the report by which the last closed period before was closed; absent for the first one
 * @param block the last block that the report includes
 * @param blockTime the block's timestamp: at the end of the period or later
 * @param finalized whether the chain could no longer retract the block when the report was made
 * @param positions how far the account events were read: of each partition, in order, the seq after the last record
 *     that the report includes
 */
public record FrozenReport(ReportHash hash, Optional<ReportHash> previous, long block, Hash blockHash,
    Instant blockTime, boolean finalized, List<Long> positions) {
  /** @throws IllegalArgumentException for a negative number */
  public FrozenReport {
    positions = List.copyOf(positions);
    if (block < 0 || positions.stream().anyMatch(each -> each < 0)) {
      throw new IllegalArgumentException("block and positions are 0 or more");
    }
  }
}
