package io.neuronledger.contracts.view;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * Funds set aside for one provider's service.
 *
 * @param balance all of it
 * @param pendingRefund asked back, still inside the balance
 * @param free balance − pendingRefund
 * @param acknowledged whether the owner accepts the provider's settlements
 * @param refunds the active ones, oldest first
 */
public record SubAccountView(WalletAddress provider, ServiceName service, Neuron balance, Neuron pendingRefund,
    Neuron free, boolean acknowledged, List<RefundView> refunds) {
  public SubAccountView {
    refunds = List.copyOf(refunds);
  }
}
