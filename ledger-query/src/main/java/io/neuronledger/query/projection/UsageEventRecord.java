package io.neuronledger.query.projection;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;

/** An off-chain account event. No retraction drops it, and it is visible without a seal. */
public record UsageEventRecord(AccountRecord record, UsageEvent event) {
  public int partition() {
    return record.partition();
  }

  public long seq() {
    return record.seq();
  }
}
