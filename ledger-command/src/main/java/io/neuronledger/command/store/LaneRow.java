package io.neuronledger.command.store;

import io.neuronledger.contracts.value.ChainPosition;

/**
 * How far one lane's chain events have been recorded.
 *
 * @param nextSeq the next chain event to record
 * @param nextOffset Kafka's offset behind the last recorded one
 * @param epoch raised by whoever else works on the lane than its intake
 * @param branch the fork counter
 * @param sealedBlock the last sealed block of the living branch; −1 before the first
 * @param finalizedBlock the highest block known to be final; −1 where none is
 * @param last where the lane stands
 * @param nextSequence the next number in the lane's own stream
 */
public record LaneRow(int lane, long nextSeq, long nextOffset, long epoch, int branch, long sealedBlock,
    long finalizedBlock, ChainPosition last, long nextSequence) {

  LaneRow moved(long seq, long offset) {
    return new LaneRow(lane, seq, offset, epoch, branch, sealedBlock, finalizedBlock, last, nextSequence);
  }

  public LaneRow at(ChainPosition position) {
    return new LaneRow(lane, nextSeq, nextOffset, epoch, branch, sealedBlock, finalizedBlock, position, nextSequence);
  }

  public LaneRow sealed(long block, long finalized) {
    return new LaneRow(lane, nextSeq, nextOffset, epoch, branch, block, finalized, last, nextSequence);
  }

  /** The blocks from {@code fromBlock} on are no more. */
  public LaneRow retracted(long fromBlock, int newBranch) {
    long sealed = Math.min(sealedBlock, fromBlock - 1);
    return new LaneRow(lane, nextSeq, nextOffset, epoch, newBranch, sealed, finalizedBlock, last, nextSequence);
  }

  public LaneRow said(int laneEvents) {
    return new LaneRow(lane, nextSeq, nextOffset, epoch, branch, sealedBlock, finalizedBlock, last,
        nextSequence + laneEvents);
  }
}
