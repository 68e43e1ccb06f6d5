package io.neuronledger.query.rebuild;

import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import io.neuronledger.foundation.partitionlog.reader.PartitionReader;
import io.neuronledger.foundation.partitionlog.reader.ReaderSettings;
import io.neuronledger.query.blocks.BlocksIntake;
import io.neuronledger.query.intake.AccountEventIntake;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.jooq.DSLContext;

/** Reads both topics into a generation that is being built, without a consumer group. */
final class BuildingReader implements AutoCloseable {
  /** Those of the live topics, with a short poll, because each topic waits for the other. */
  private static final ReaderSettings SETTINGS = new ReaderSettings(Duration.ofMillis(10),
      AccountEventIntake.SETTINGS.retryAfter(), AccountEventIntake.SETTINGS.haltedRetryAfter(),
      AccountEventIntake.SETTINGS.recounts());

  private final Consumer<byte[], byte[]> events;
  private final Consumer<byte[], byte[]> blocks;
  private final PartitionProgress eventsProgress;
  private final PartitionProgress blocksProgress;
  private final PartitionReader<?> eventsReader;
  private final PartitionReader<?> blocksReader;

  BuildingReader(RebuildParts parts, DSLContext building) {
    this.eventsProgress = new PartitionProgress(parts.clock());
    this.blocksProgress = new PartitionProgress(parts.clock());
    this.events = parts.consumers().apply(parts.batchMax());
    this.blocks = parts.consumers().apply(BlocksIntake.BATCH_MAX);
    AccountEventIntake intake = new AccountEventIntake(parts.writers().apply(building), parts.partitionStore(),
        building, _ -> { });
    this.eventsReader = new PartitionReader<>(parts.topic(), intake, SETTINGS, eventsProgress, parts.clock(), events)
        .assignAll();
    this.blocksReader = new PartitionReader<>(parts.blocksTopic(), parts.blocks().apply(building), SETTINGS,
        blocksProgress, parts.clock(), blocks).assignAll();
  }

  /**
   * Processes the records of one poll of each topic.
   *
   * @return why a partition does not go on at the moment; empty if all do
   * @throws PartitionHalted if a partition halts in the new generation; a retry would halt there again
   */
  Optional<String> step() {
    blocksReader.step();
    eventsReader.step();
    return trouble("the topic of blocks", blocksProgress).or(() -> trouble("partition", eventsProgress));
  }

  private static Optional<String> trouble(String topic, PartitionProgress progress) {
    Optional<String> trouble = Optional.empty();
    for (PartitionProgress.Partition partition : progress.partitions()) {
      switch (partition.state()) {
        case HALTED -> throw new PartitionHalted(topic + " " + partition.number() + " halts at record "
            + partition.nextSeq() + ": " + partition.reason());
        case RETRYING -> trouble = Optional.of(partition.reason());
        case RUNNING -> { }
      }
    }
    return trouble;
  }

  @Override
  public void close() {
    try (events; blocks) {
      // Closes both, even if one fails.
    }
  }
}
