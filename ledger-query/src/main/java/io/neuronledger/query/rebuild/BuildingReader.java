package io.neuronledger.query.rebuild;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import io.neuronledger.foundation.partitionlog.reader.PartitionReader;
import io.neuronledger.query.intake.AccountEventIntake;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.jooq.DSLContext;

/** Reads all partitions into a generation that is being built, without a consumer group. */
final class BuildingReader {
  private final PartitionProgress progress;
  private final PartitionReader<AccountRecord> reader;

  BuildingReader(RebuildParts parts, DSLContext building, Consumer<byte[], byte[]> consumer) {
    this.progress = new PartitionProgress(parts.clock());
    AccountEventIntake intake = new AccountEventIntake(parts.writers().apply(building), parts.partitionStore(),
        building, _ -> { });
    this.reader = new PartitionReader<>(parts.topic(), intake, AccountEventIntake.SETTINGS, progress, parts.clock(),
        consumer).assignAll();
  }

  /**
   * Processes the records of one poll.
   *
   * @return why a partition does not go on at the moment; empty if all do
   * @throws PartitionHalted if a partition halts in the new generation; a retry would halt there again
   */
  Optional<String> step() {
    reader.step();
    Optional<String> trouble = Optional.empty();
    for (PartitionProgress.Partition partition : progress.partitions()) {
      switch (partition.state()) {
        case HALTED -> throw new PartitionHalted("partition " + partition.number() + " halts at record "
            + partition.nextSeq() + ": " + partition.reason());
        case RETRYING -> trouble = Optional.of(partition.reason());
        case RUNNING -> { }
      }
    }
    return trouble;
  }
}
