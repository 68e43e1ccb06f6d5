package io.neuronledger.contracts.balance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.util.List;
import java.util.Optional;

/**
 * A reduction of a refund.
 *
 * @param amount the amount of the reduction
 * @param remaining the amount left; zero ends the refund
 */
public record RefundReduction(RefundId refund, Neuron amount, By by, Neuron remaining) {
  /** The reductions of an event, as it stores them: absent where there is none. */
  public static Optional<List<RefundReduction>> stored(List<RefundReduction> reduced) {
    return reduced.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(reduced));
  }

  /** The cause of the reduction. */
  public enum By {
    /** The owner transferred to the provider again: cancelled, newest first. */
    @JsonProperty("transfer") TRANSFER,
    /** The provider settled more than the free part: consumed, newest first. */
    @JsonProperty("settlement") SETTLEMENT,
    /** The owner completed it, oldest first. */
    @JsonProperty("completion") COMPLETION
  }
}
