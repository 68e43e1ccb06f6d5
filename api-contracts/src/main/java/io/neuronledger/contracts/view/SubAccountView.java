package io.neuronledger.contracts.view;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * Funds set aside for one provider's service.
 *
 * @param balance the whole balance
 * @param pendingRefund the sum of the active refunds, still part of the balance
 * @param free balance − pendingRefund
 * @param used the fees of all requests reported as direct; for a past block, of those completed by its time
 * @param settled the amount that settlements took
 * @param writtenOff the amount that they asked for and did not receive
 * @param unsettled used − settled − writtenOff, when positive
 * @param unreported settled + writtenOff − used, when positive
 * @param spendable free − unsettled; 0 where it is negative
 * @param shortfall unsettled − free, when positive
 * @param acknowledged whether the owner accepts the provider's settlements
 * @param refunds the active ones, oldest first
 */
public record SubAccountView(WalletAddress provider, ServiceName service, Neuron balance, Neuron pendingRefund,
    Neuron free, NeuronSum used, NeuronSum settled, NeuronSum writtenOff, NeuronSum unsettled, NeuronSum unreported,
    NeuronSum spendable, NeuronSum shortfall, boolean acknowledged, List<RefundView> refunds) {
  public SubAccountView {
    refunds = List.copyOf(refunds);
  }

  /** Before it was opened: nothing. */
  public static SubAccountView notOpened(WalletAddress provider, ServiceName service) {
    return new SubAccountView(provider, service, Neuron.ZERO, Neuron.ZERO, Neuron.ZERO, NeuronSum.ZERO, NeuronSum.ZERO,
        NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, false, List.of());
  }
}
