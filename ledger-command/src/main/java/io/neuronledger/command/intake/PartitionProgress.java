package io.neuronledger.command.intake;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How a partition's intake is doing, for health and metrics.
 *
 * @param nextSeq the next chain event to record
 * @param lag records that Kafka has and we have not taken; absent where it is not known
 * @param movedAt when it last recorded something, or had nothing to record
 * @param reason why it does not go on; empty where it does
 */
public record PartitionProgress(int partition, State state, long nextSeq, OptionalLong lag, Instant movedAt,
    String reason,
    int quarantinedOwners) {
  /** What the partition does. */
  public enum State {
    RUNNING,
    /** The world failed; it is tried again by itself. */
    RETRYING,
    /** A person is needed. */
    STOPPED
  }
}
