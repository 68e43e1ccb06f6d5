package io.neuronledger.contracts.view.admission;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;

/**
 * Whether a provider would serve the owner's next request.
 *
 * @param quarantined whether the owner is quarantined: its answers stay at an earlier block until an operator acts
 * @param cost of the request, in neuron, as the caller named it; 0 where it named none
 * @param admitted whether no condition is known to be broken
 * @param conditions all of them, in a fixed order
 * @param steps what the owner does about the broken ones, exactly; empty where none is broken, or where nothing helps
 */
public record AdmissionAnswer(AsOf asOf, boolean quarantined, WalletAddress owner, WalletAddress provider,
    ServiceName service, Neuron cost, boolean admitted, List<AdmissionCondition> conditions,
    List<AdmissionStep> steps) {
  public AdmissionAnswer {
    conditions = List.copyOf(conditions);
    steps = List.copyOf(steps);
  }
}
