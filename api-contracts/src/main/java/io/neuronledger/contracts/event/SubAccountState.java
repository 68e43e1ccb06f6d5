package io.neuronledger.contracts.event;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * All that the chain knows of one sub-account.
 *
 * @param open false after it was closed; everything else is then zero and empty
 * @param balance all of it, with what was asked back
 * @param acknowledged whether the owner accepts the provider's settlements
 * @param refunds the active ones, oldest first, at most five unless the chain broke its own rule
 */
public record SubAccountState(WalletAddress provider, ServiceName service, boolean open, Neuron balance,
    boolean acknowledged, List<PendingRefund> refunds) {
  public SubAccountState {
    refunds = List.copyOf(refunds);
  }

  /** Asked back, still inside the balance: the sum of the active refunds. */
  public Neuron pendingRefund() {
    return refunds.stream().map(PendingRefund::amount).reduce(Neuron.ZERO, Neuron::plus);
  }
}
