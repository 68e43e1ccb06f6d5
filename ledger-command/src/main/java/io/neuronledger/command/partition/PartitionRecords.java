package io.neuronledger.command.partition;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import java.util.List;
import java.util.stream.Stream;

/**
 * The next records of a partition, in order.
 *
 * @param state as loaded, or as the unit of work before has left it
 */
public record PartitionRecords(PartitionState state, List<Delivered<ChainRecord>> records) {
  PartitionRecords part(int from, int to) {
    return new PartitionRecords(state, records.subList(from, to));
  }

  /** The owners of the facts. */
  Stream<WalletAddress> owners() {
    return records.stream().flatMap(next -> next.parsed() instanceof ParsedRecord.Valid<ChainRecord> valid
        && valid.value().event() instanceof ChainEvent.OwnerFact fact ? Stream.of(fact.owner()) : Stream.empty());
  }
}
