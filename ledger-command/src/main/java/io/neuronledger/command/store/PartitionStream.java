package io.neuronledger.command.store;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/**
 * The streams of no owner, stored and published in one sequence with the owners' events: one of each partition's own
 * events, and one of what people decide about periods.
 */
public final class PartitionStream {
  /** Part of the stored stream names. */
  private static final String TYPE = "partition";

  /** All decisions about periods, in partition 0: one stream, because a decision about one depends on the others. */
  public static final String PERIODS = "periods";

  /** The partition of {@link #PERIODS}. */
  public static final int PARTITION_OF_PERIODS = 0;

  private PartitionStream() {}

  public static String idOf(int partition) {
    return TYPE + ":" + partition;
  }

  /** Whether the stream is an owner's, whose address follows its type. */
  public static boolean isOwners(String stream) {
    return !stream.startsWith(TYPE + ":") && !stream.equals(PERIODS);
  }

  static int partitionOf(String stream) {
    return Integer.parseInt(stream.substring(TYPE.length() + 1));
  }

  public static DomainEventMessage<AccountEvent.PeriodEvent> message(long sequence, AccountEvent.PeriodEvent event) {
    return new GenericDomainEventMessage<>(PERIODS, PERIODS, sequence, event);
  }

  public static DomainEventMessage<PartitionEvent> message(int partition, long sequence, PartitionEvent event) {
    return new GenericDomainEventMessage<>(TYPE, idOf(partition), sequence, event);
  }
}
