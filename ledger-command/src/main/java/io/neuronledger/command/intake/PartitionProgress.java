package io.neuronledger.command.intake;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * The progress of one partition, for health and metrics.
 *
 * @param nextSeq the next chain event to record
 * @param lag the number of records in Kafka not yet recorded; absent if unknown
 * @param movedAt when it last recorded a record, or had none to record
 * @param reason why it does not go on; empty while it does
 */
public record PartitionProgress(int partition, State state, long nextSeq, OptionalLong lag, Instant movedAt,
    String reason, int quarantinedOwners) {
  public enum State {
    RUNNING,
    /** Kafka or the database failed; the partition retries by itself. */
    RETRYING,
    /** An operator must act. */
    STOPPED
  }
}
