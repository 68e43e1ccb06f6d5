package io.neuronledger.contracts.view.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The last rebuild of the read model by this instance.
 *
 * @param liveGeneration the generation that answers; the first read model is 1
 * @param generation the generation of the last rebuild; absent before the first
 * @param eventsDone the number of account events and broadcasts that the rebuild holds
 * @param eventsTotal the number that the live read model holds
 * @param eventsPerSecond the rate since the start of the rebuild
 * @param remainingSeconds until the rebuild has caught up, at this rate; absent while no rate is known and while no
 *     rebuild runs
 * @param trouble the last failure, as readable text; a running rebuild retries
 */
public record RebuildView(int liveGeneration, State state, OptionalInt generation, long eventsDone, long eventsTotal,
    long eventsPerSecond, OptionalLong remainingSeconds, Optional<Instant> startedAt, Optional<Instant> endedAt,
    Optional<String> trouble) {
  /** The progress of the rebuild. */
  public enum State {
    /** No rebuild since this instance started. */
    @JsonProperty("none") NONE,
    /** The rebuild reads the events from the first one on; the live read model answers. */
    @JsonProperty("building") BUILDING,
    /** The new read model answers; the old one is kept until its last reader is done. */
    @JsonProperty("switched") SWITCHED,
    /** The new read model answers, and the old one has been dropped. */
    @JsonProperty("done") DONE,
    /** Stopped by an operator: before the switch nothing has changed, after it the next rebuild drops the old one. */
    @JsonProperty("stopped") STOPPED,
    /** The rebuild cannot succeed; nothing has changed. */
    @JsonProperty("failed") FAILED
  }
}
