package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;

/**
 * A refund that became less.
 *
 * @param amount by how much
 * @param remaining what is left; zero ends it
 */
public record RefundReduction(RefundId refund, Neuron amount, By by, Neuron remaining) {
  /** What reduced it. */
  public enum By {
    /** The owner transferred to the provider again: cancelled, newest first. */
    @JsonProperty("transfer") TRANSFER,
    /** The provider settled more than the free part: consumed, newest first. */
    @JsonProperty("settlement") SETTLEMENT,
    /** The owner fetched it: completed, oldest first. */
    @JsonProperty("completion") COMPLETION
  }
}
