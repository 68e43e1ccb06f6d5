package io.neuronledger.contracts.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The last rebuild of the read model by this instance.
 *
 * @param liveGeneration which rebuild answers come from; the first read model is 1
 * @param generation the one that is or was built; absent before the first rebuild
 * @param eventsDone account events and broadcasts that it holds
 * @param eventsTotal how many the live one holds
 * @param eventsPerSecond since it began
 * @param remainingSeconds until it has caught up, at this rate; absent while no rate is known and when it does not run
 * @param trouble the last failure, for people: while it runs it is tried again
 */
public record RebuildView(int liveGeneration, State state, OptionalInt generation, long eventsDone, long eventsTotal,
    long eventsPerSecond, OptionalLong remainingSeconds, Optional<Instant> startedAt, Optional<Instant> endedAt,
    Optional<String> trouble) {
  /** How far it is. */
  public enum State {
    /** There was none since this instance started. */
    @JsonProperty("none") NONE,
    /** It reads the events from the first one on; the live read model answers. */
    @JsonProperty("building") BUILDING,
    /** The new one answers; the old one is kept until its last reader is done. */
    @JsonProperty("switched") SWITCHED,
    /** The new one answers, and the old one is gone. */
    @JsonProperty("done") DONE,
    /** Ended by somebody, so nothing has changed; or behind the switch, then the next rebuild removes the old one. */
    @JsonProperty("stopped") STOPPED,
    /** It cannot succeed; nothing has changed. */
    @JsonProperty("failed") FAILED
  }
}
