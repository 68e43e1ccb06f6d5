package io.neuronledger.wallet.plan;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * What a sub-account holds.
 *
 * @param balance the pending refunds included
 * @param refunds oldest first; those whose lock has passed are the first ones
 * @param unsettled used and not settled yet, never negative
 */
public record SubAccountHoldings(WalletAddress provider, ServiceName service, Neuron balance,
    List<PendingRefund> refunds, NeuronSum unsettled) {
  public SubAccountHoldings {
    refunds = List.copyOf(refunds);
  }

  /** What is asked back. */
  public Neuron pending() {
    return sum(refunds);
  }

  /** What is not asked back. */
  public Neuron free() {
    return balance.minusOrZero(pending());
  }

  /** What is free and not used yet; negative where more is used than is free. */
  public NeuronSum spendable() {
    return NeuronSum.of(free()).minus(unsettled);
  }

  List<PendingRefund> claimable() {
    return refunds.stream().filter(PendingRefund::claimable).toList();
  }

  List<PendingRefund> waiting() {
    return refunds.stream().filter(refund -> !refund.claimable()).toList();
  }

  static Neuron sum(List<PendingRefund> refunds) {
    return refunds.stream().map(PendingRefund::amount).reduce(Neuron.ZERO, Neuron::plus);
  }
}
