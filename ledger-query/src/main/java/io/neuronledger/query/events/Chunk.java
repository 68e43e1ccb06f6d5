package io.neuronledger.query.events;

import java.util.List;

/**
 * Some consecutive events of a partition.
 *
 * @param events those that are wanted, in order; none if there are none among the events that were looked at
 * @param next the position after the last event that was looked at
 * @param offset from which that one is read
 */
public record Chunk(List<PublicEvent> events, long next, long offset) {
  /** The most bytes of a chunk; a larger event comes alone. It is what a connection that is not read holds. */
  static final int BYTES_MAX = 64 << 10;

  /** Without an event. */
  static Chunk none(long position) {
    return new Chunk(List.of(), position, -1);
  }

  public Chunk {
    events = List.copyOf(events);
  }
}
