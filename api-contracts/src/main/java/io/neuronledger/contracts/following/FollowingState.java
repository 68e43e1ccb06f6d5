package io.neuronledger.contracts.following;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether new blocks of the chain are being published. */
public enum FollowingState {
  /** The last step worked a moment ago; at the head of an idle chain too. */
  @JsonProperty("following") FOLLOWING,
  /**
   * Every step has failed for a while: a node or Kafka does not do what it should. It goes on by itself once they do.
   */
  @JsonProperty("stalled") STALLED,
  /** Stopped for good before a block; an operator must decide. */
  @JsonProperty("halted") HALTED,
  /** Shut down in order. */
  @JsonProperty("stopped") STOPPED,
  /** Nothing has been heard of chain-indexer for a while. Never reported, always found out. */
  @JsonProperty("unknown") UNKNOWN
}
