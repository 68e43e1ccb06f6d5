package io.neuronledger.contracts.view.admission;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.util.List;
import java.util.Optional;

/**
 * What the owner does to be served; the steps of an answer in their order are enough, and no less is.
 *
 * @param amount in neuron, for a step that moves money
 * @param cancels the refunds that the step cancels, newest first
 */
public record AdmissionStep(Action action, Optional<NeuronSum> amount, List<Cancelled> cancels) {
  public AdmissionStep {
    cancels = List.copyOf(cancels);
  }

  /** A transaction of the owner, by the name that wallets have for it. */
  public enum Action {
    @JsonProperty("deposit") DEPOSIT,
    @JsonProperty("transfer-fund") TRANSFER_FUND,
    @JsonProperty("acknowledge-provider") ACKNOWLEDGE_PROVIDER
  }

  /**
   * A refund that a transfer takes back before it moves money.
   *
   * @param amount the cancelled part, in neuron
   * @param remaining the part that stays pending, in neuron; 0: the refund ends
   */
  public record Cancelled(RefundId refund, Neuron amount, Neuron remaining) {}
}
