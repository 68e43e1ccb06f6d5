package io.neuronledger.query.projection;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.UsageEvent;

/** One account event that stems from off chain: no retraction drops it, and it waits for no seal. */
public record UsageEventRecord(AccountRecord record, UsageEvent event) {
  public int partition() {
    return record.partition();
  }

  public long seq() {
    return record.seq();
  }
}
