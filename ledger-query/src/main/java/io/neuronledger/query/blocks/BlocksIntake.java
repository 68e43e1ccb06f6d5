package io.neuronledger.query.blocks;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.foundation.partitionlog.reader.PartitionHandler;
import io.neuronledger.foundation.partitionlog.reader.PartitionPosition;
import io.neuronledger.foundation.partitionlog.reader.PositionConflict;
import io.neuronledger.query.partition.PartitionStore;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Writes the blocks of one poll to a generation of the read model, in one transaction. */
public final class BlocksIntake implements PartitionHandler<BlocksRecord> {
  /** The maximum number of records per transaction. Where each has many blocks, what one fetch holds bounds them. */
  public static final int BATCH_MAX = 500;

  private final BlocksStore blocks;
  private final PartitionStore partitionStore;
  private final int partitions;
  private final DSLContext writer;
  private final Runnable listener;

  /**
   * @param partitions the number of partitions of the deployment
   * @param writer writes to one generation
   * @param listener called after each transaction
   */
  public BlocksIntake(BlocksStore blocks, PartitionStore partitionStore, int partitions, DSLContext writer,
      Runnable listener) {
    this.blocks = blocks;
    this.partitionStore = partitionStore;
    this.partitions = partitions;
    this.writer = writer;
    this.listener = listener;
  }

  @Override
  public PartitionPosition load(int partition) {
    return position(partition, writer.transactionResult(transaction -> blocks.find(transaction.dsl())));
  }

  @Override
  public List<PartitionPosition> handle(List<PartitionBatch<BlocksRecord>> batches) {
    List<PartitionPosition> positions = batches.stream().map(batch -> position(batch.partition(),
        writer.transactionResult(transaction -> write(batch, transaction.dsl())))).toList();
    listener.run();
    return positions;
  }

  private BlocksPosition write(PartitionBatch<BlocksRecord> batch, DSLContext db) {
    BlocksPosition stored = blocks.lock(db);
    if (stored.nextSeq() != batch.nextSeq()) {
      throw new PositionConflict(batch.partition());
    }
    Optional<Deployment> deployment = partitionStore.deployment(db);
    BlocksReducer reducer = new BlocksReducer(stored, deployment, partitions,
        number -> blocks.block(number, db), blocks.ends(db)).processAll(batch);
    if (deployment.isEmpty()) {
      reducer.deployment().ifPresent(declared -> partitionStore.declare(declared, db));
    }
    blocks.save(reducer, db);
    return reducer.position();
  }

  private static PartitionPosition position(int partition, BlocksPosition position) {
    return new PartitionPosition(partition, position.nextSeq(), position.nextOffset(), position.stopped());
  }
}
