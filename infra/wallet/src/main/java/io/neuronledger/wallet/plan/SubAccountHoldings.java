package io.neuronledger.wallet.plan;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * What a sub-account holds.
 *
 * @param balance the pending refunds included
 * @param refunds oldest first; those whose lock has passed are the first ones
 */
public record SubAccountHoldings(WalletAddress provider, ServiceName service, Neuron balance,
    List<PendingRefund> refunds) {
  public SubAccountHoldings {
    refunds = List.copyOf(refunds);
  }

  /** What is asked back. */
  Neuron pending() {
    return sum(refunds);
  }

  /** What is not asked back. */
  Neuron free() {
    return balance.minusOrZero(pending());
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
