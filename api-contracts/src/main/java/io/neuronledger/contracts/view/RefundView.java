package io.neuronledger.contracts.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.time.Instant;

/**
 * An active refund, by the lock period in force at the answer's block.
 *
 * @param amount the remaining amount
 * @param requestedAt block time
 * @param unlocksAt requestedAt + the lock period
 * @param remainingSeconds from the answer's block time to unlocksAt; 0 once claimable, never negative
 */
public record RefundView(RefundId id, Neuron amount, Instant requestedAt, Instant unlocksAt, State state,
    long remainingSeconds) {
  /** Whether the lock has passed. */
  public enum State {
    @JsonProperty("waiting") WAITING("waiting"),
    @JsonProperty("claimable") CLAIMABLE("claimable");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** @throws IllegalArgumentException for another word */
    public static State of(String word) {
      for (State state : values()) {
        if (state.word.equals(word)) {
          return state;
        }
      }
      throw new IllegalArgumentException("not a state of active refunds: " + word);
    }
  }
}
