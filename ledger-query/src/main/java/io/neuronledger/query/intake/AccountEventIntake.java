package io.neuronledger.query.intake;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.foundation.partitionlog.reader.PartitionHandler;
import io.neuronledger.foundation.partitionlog.reader.PartitionPosition;
import io.neuronledger.foundation.partitionlog.reader.ReaderSettings;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.partition.change.Partition;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/** Writes the account events of one poll to a generation of the read model, in one transaction. */
public final class AccountEventIntake implements PartitionHandler<AccountRecord> {
  /** Of this topic and of that of blocks: a partition is read again from its stored offset, which is never doubted. */
  public static final ReaderSettings SETTINGS =
      new ReaderSettings(Duration.ofMillis(250), Duration.ofMillis(100), Duration.ofSeconds(30), false);

  private final PoisonIsolatingWriter writer;
  private final PartitionStore partitions;
  private final DSLContext db;
  private final Consumer<CommittedBatch> listener;

  /**
   * @param db of the generation that {@code writer} writes
   * @param listener called after each transaction
   */
  public AccountEventIntake(BatchWriter writer, PartitionStore partitions, DSLContext db,
      Consumer<CommittedBatch> listener) {
    this.writer = new PoisonIsolatingWriter(writer);
    this.partitions = partitions;
    this.db = db;
    this.listener = listener;
  }

  @Override
  public PartitionPosition load(int partition) {
    return position(db.transactionResult(transaction -> partitions.find(partition, transaction.dsl())));
  }

  @Override
  public List<PartitionPosition> handle(List<PartitionBatch<AccountRecord>> batches) {
    List<CommittedBatch> committed = writer.write(batches);
    committed.forEach(listener);
    return committed.stream().flatMap(batch -> batch.partitions().stream()).map(AccountEventIntake::position).toList();
  }

  private static PartitionPosition position(Partition partition) {
    return new PartitionPosition(partition.number(), partition.nextSeq(), partition.nextOffset(), partition.stopped());
  }
}
