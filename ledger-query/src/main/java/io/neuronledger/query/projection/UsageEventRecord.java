package io.neuronledger.query.projection;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.UsageEvent;

/** An off-chain account event. No retraction drops it, and it is visible without a seal. */
public record UsageEventRecord(AccountRecord record, UsageEvent event) {
  public int partition() {
    return record.partition();
  }

  public long seq() {
    return record.seq();
  }
}
