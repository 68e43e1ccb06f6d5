package io.neuronledger.command.store;

import io.neuronledger.contracts.value.ChainPosition;

/**
 * How far one partition's chain events have been recorded.
 *
 * @param nextSeq the next chain event to record
 * @param nextOffset the Kafka offset after the last recorded one
 * @param epoch incremented by each writer other than the partition's intake
 * @param branch the fork counter
 * @param sealedBlock no record of this block or an earlier one can follow, but observations of it: the last sealed
 *     block, or the one before the last retraction; −1 before the first seal
 * @param finalizedBlock the highest block known to be final; −1 where none is
 * @param last the position of the last recorded chain event
 * @param nextSequence the next sequence of the partition's own stream
 */
public record PartitionRow(int partition, long nextSeq, long nextOffset, long epoch, int branch, long sealedBlock,
    long finalizedBlock, ChainPosition last, long nextSequence) {

  public PartitionRow moved(long seq, long offset) {
    return new PartitionRow(partition, seq, offset, epoch, branch, sealedBlock, finalizedBlock, last, nextSequence);
  }

  public PartitionRow at(ChainPosition position) {
    return new PartitionRow(partition, nextSeq, nextOffset, epoch, branch, sealedBlock, finalizedBlock, position,
        nextSequence);
  }

  public PartitionRow sealed(long block, long finalized) {
    return new PartitionRow(partition, nextSeq, nextOffset, epoch, branch, block, finalized, last, nextSequence);
  }

  /** The blocks from {@code fromBlock} on are retracted. */
  public PartitionRow retracted(long fromBlock, int newBranch) {
    return new PartitionRow(partition, nextSeq, nextOffset, epoch, newBranch, fromBlock - 1, finalizedBlock, last,
        nextSequence);
  }

  public PartitionRow withEvents(int appended) {
    return new PartitionRow(partition, nextSeq, nextOffset, epoch, branch, sealedBlock, finalizedBlock, last,
        nextSequence + appended);
  }
}
