package io.neuronledger.command.store;

import io.neuronledger.contracts.event.LaneEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** The stream of what concerns a whole lane, {@code lane:<number>}: stored and published in line with the owners' events. */
public final class LaneStream {
  private static final String TYPE = "lane";

  private LaneStream() {}

  public static String idOf(int lane) {
    return TYPE + ":" + lane;
  }

  static int laneOf(String stream) {
    return Integer.parseInt(stream.substring(TYPE.length() + 1));
  }

  public static DomainEventMessage<LaneEvent> message(int lane, long sequence, LaneEvent event) {
    return new GenericDomainEventMessage<>(TYPE, idOf(lane), sequence, event);
  }
}
