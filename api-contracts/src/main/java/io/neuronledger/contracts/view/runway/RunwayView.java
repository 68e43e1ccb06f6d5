package io.neuronledger.contracts.view.runway;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.usage.NeuronSum;
import java.time.Instant;
import java.util.Optional;

/**
 * How long one sub-account lasts if its use goes on as in the last days.
 *
 * @param spendable in neuron
 * @param minimumLocked below this spendable amount providers refuse, in neuron
 * @param days the number of whole days, 0 to 7, whose use this follows from; they end with the last full hour
 * @param used the fees of the direct requests completed in these days, in neuron
 * @param burnPerDay used / days, rounded down to whole neuron; 0 without days
 * @param refusedAt when spendable falls below the minimum at that rate; for the state running-out only
 * @param earliest of the range that it lies in, 19 times out of 20
 * @param latest of that range; absent where it may last for more than ten years
 */
public record RunwayView(State state, NeuronSum spendable, NeuronSum minimumLocked, int days, NeuronSum used,
    NeuronSum burnPerDay, Optional<Instant> refusedAt, Optional<Instant> earliest, Optional<Instant> latest) {
  /** What is expected. */
  public enum State {
    /** Spendable is below the minimum already. */
    @JsonProperty("refused") REFUSED,
    /** It will be, within ten years. */
    @JsonProperty("running-out") RUNNING_OUT,
    /** It will not be within ten years. */
    @JsonProperty("lasting") LASTING,
    /** It was not used in the last days. */
    @JsonProperty("unused") UNUSED,
    /** Its first use is less than two days ago: too little for a range. */
    @JsonProperty("too-new") TOO_NEW
  }
}
