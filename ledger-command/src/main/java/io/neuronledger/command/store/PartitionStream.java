package io.neuronledger.command.store;

import io.neuronledger.contracts.event.PartitionEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/**
 * The stream of what concerns a whole partition, {@code partition:<number>}: stored and published in line with the
 * owners' events.
 */
public final class PartitionStream {
  private static final String TYPE = "lane";

  private PartitionStream() {}

  public static String idOf(int partition) {
    return TYPE + ":" + partition;
  }

  static int partitionOf(String stream) {
    return Integer.parseInt(stream.substring(TYPE.length() + 1));
  }

  public static DomainEventMessage<PartitionEvent> message(int partition, long sequence, PartitionEvent event) {
    return new GenericDomainEventMessage<>(TYPE, idOf(partition), sequence, event);
  }
}
