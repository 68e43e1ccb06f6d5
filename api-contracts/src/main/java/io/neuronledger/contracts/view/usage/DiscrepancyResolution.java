package io.neuronledger.contracts.view.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * An operator's decision about a discrepancy.
 *
 * @param number its place among the decisions about this discrepancy, from 1; an approval names that of its proposal
 * @param state whether it is in force
 * @param amount the difference between settlements and usage, for which alone the decision holds; absent for a broken
 *     rule and for a revocation
 * @param by the caller who decided; of an approval the second person
 * @param at the time by the service's clock
 * @param token a read with it sees the decision
 */
public record DiscrepancyResolution(long number, String key, WalletAddress owner, State state,
    Optional<NeuronSum> amount, String reason, String by, Instant at, WriteToken token) {
  /** Whether a decision is in force. */
  public enum State {
    /** A second person must approve it. */
    @JsonProperty("proposed")
    PROPOSED,
    /** The discrepancy is resolved by it. */
    @JsonProperty("resolved")
    RESOLVED,
    /** The decision before counts no longer. */
    @JsonProperty("revoked")
    REVOKED
  }
}
