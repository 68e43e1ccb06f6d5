package io.neuronledger.command.partition;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The next record of a partition, with the expected seq, the right partition and the right key.
 *
 * @param offset in Kafka
 * @param owner the owner it concerns; absent on broadcasts
 */
public record PartitionRecord(long seq, long offset, Optional<WalletAddress> owner, RawBytes value,
    ParsedRecord<ChainRecord> reading) {

  /** Splits a batch into units of work: by size, and before each retraction, because it reads stored events. */
  public static List<List<PartitionRecord>> units(List<PartitionRecord> batch, int unitMax) {
    List<List<PartitionRecord>> units = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= batch.size(); i++) {
      if (i == batch.size() || i - start == unitMax || batch.get(i).isRetraction()) {
        units.add(batch.subList(start, i));
        start = i;
      }
    }
    return units;
  }

  private boolean isRetraction() {
    return reading instanceof ParsedRecord.Valid<ChainRecord> valid
        && valid.value().event() instanceof ChainEvent.BranchRetracted;
  }
}
