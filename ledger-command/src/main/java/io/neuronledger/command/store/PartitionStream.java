package io.neuronledger.command.store;

import io.neuronledger.contracts.event.PartitionEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** The stream of a partition's own events, stored and published in one sequence with the owners' events. */
public final class PartitionStream {
  /** Part of the stored stream names. */
  private static final String TYPE = "partition";

  private PartitionStream() {}

  public static String idOf(int partition) {
    return TYPE + ":" + partition;
  }

  /** Whether the stream is a partition's own, not an owner's. */
  public static boolean isPartitionStream(String stream) {
    return stream.startsWith(TYPE + ":");
  }

  static int partitionOf(String stream) {
    return Integer.parseInt(stream.substring(TYPE.length() + 1));
  }

  public static DomainEventMessage<PartitionEvent> message(int partition, long sequence, PartitionEvent event) {
    return new GenericDomainEventMessage<>(TYPE, idOf(partition), sequence, event);
  }
}
