package io.neuronledger.contracts.view;

import io.neuronledger.contracts.usage.NeuronSum;
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
 * @param used the fees of all requests reported as direct; for a past block, of those completed by its time
 * @param settled what settlements took
 * @param writtenOff what they asked for and did not get
 * @param unsettled used − settled − writtenOff, when positive
 * @param unreported the same with the other sign, when negative
 * @param spendable free − unsettled; 0 where it is negative
 * @param shortfall by how much it is negative
 * @param acknowledged whether the owner accepts the provider's settlements
 * @param refunds the active ones, oldest first
 */
public record SubAccountView(WalletAddress provider, ServiceName service, Neuron balance, Neuron pendingRefund,
    Neuron free, NeuronSum used, NeuronSum settled, NeuronSum writtenOff, NeuronSum unsettled, NeuronSum unreported,
    NeuronSum spendable, NeuronSum shortfall, boolean acknowledged, List<RefundView> refunds) {
  public SubAccountView {
    refunds = List.copyOf(refunds);
  }
}
