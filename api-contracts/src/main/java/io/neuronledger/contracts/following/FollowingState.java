package io.neuronledger.contracts.following;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether new blocks of the chain are published. */
public enum FollowingState {
  /** The last step succeeded recently; also at the head of an idle chain. */
  @JsonProperty("following") FOLLOWING,
  /**
   * Every step has failed for a while: the node or Kafka fails. Indexing resumes by itself once they recover.
   */
  @JsonProperty("stalled") STALLED,
  /** Stopped before a block until an operator decides. */
  @JsonProperty("halted") HALTED,
  /** Shut down gracefully. */
  @JsonProperty("stopped") STOPPED,
  /** chain-indexer has not reported for a while. Never reported; readers derive it. */
  @JsonProperty("unknown") UNKNOWN
}
