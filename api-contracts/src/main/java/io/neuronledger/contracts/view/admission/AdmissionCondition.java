package io.neuronledger.contracts.view.admission;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.usage.NeuronSum;
import java.util.Optional;

/**
 * One condition of being served.
 *
 * @param required in neuron, for a condition about an amount
 * @param present what there is of it, in neuron
 * @param missing required − present, in neuron; 0 where the condition is met
 */
public record AdmissionCondition(Name name, State state, Optional<NeuronSum> required, Optional<NeuronSum> present,
    Optional<NeuronSum> missing) {
  /** What is asked for, in the order of the answer. */
  public enum Name {
    /** The owner has an open ledger. */
    @JsonProperty("ledger-open") LEDGER_OPEN,
    /** The chain knows the service. */
    @JsonProperty("service-registered") SERVICE_REGISTERED,
    /** The owner has an open sub-account with the provider for the service. */
    @JsonProperty("sub-account-open") SUB_ACCOUNT_OPEN,
    /** The sub-account is open, or the contracts let the owner open one with another provider of the service. */
    @JsonProperty("provider-limit") PROVIDER_LIMIT,
    /** The owner accepts the provider's settlements. */
    @JsonProperty("acknowledged") ACKNOWLEDGED,
    /** The free balance covers the fees that are not settled yet. */
    @JsonProperty("unsettled-fees") UNSETTLED_FEES,
    /** What is left of it covers the minimum that providers demand, and the request. */
    @JsonProperty("minimum-locked") MINIMUM_LOCKED,
    /** Pending refunds hold nothing back of what is missing: a part of the missing amounts of the two before. */
    @JsonProperty("pending-refunds") PENDING_REFUNDS,
    /** The network accepts the signer of the provider's service. No chain event says so. */
    @JsonProperty("signer-acknowledged") SIGNER_ACKNOWLEDGED,
    /** The caller is within the provider's rate limits. They are published for no inference request. */
    @JsonProperty("rate-limits") RATE_LIMITS
  }

  /** Whether it is met; unknown where the ledger cannot know. */
  public enum State {
    @JsonProperty("met") MET,
    @JsonProperty("not-met") NOT_MET,
    @JsonProperty("unknown") UNKNOWN
  }

  /** A condition about no amount. */
  public static AdmissionCondition of(Name name, boolean isMet) {
    return new AdmissionCondition(name, isMet ? State.MET : State.NOT_MET, Optional.empty(), Optional.empty(),
        Optional.empty());
  }

  /** A condition of which the ledger knows nothing. */
  public static AdmissionCondition unknown(Name name) {
    return new AdmissionCondition(name, State.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A condition that is met where {@code present} is at least {@code required}. */
  public static AdmissionCondition atLeast(Name name, NeuronSum required, NeuronSum present) {
    NeuronSum missing = required.minus(present).orZero();
    return new AdmissionCondition(name, missing.sign() == 0 ? State.MET : State.NOT_MET, Optional.of(required),
        Optional.of(present), Optional.of(missing));
  }
}
