package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * The complete chain state of one sub-account.
 *
 * @param open false once closed; all other fields are then zero or empty
 * @param balance the whole balance, pending refunds included
 * @param acknowledged whether the owner accepts the provider's settlements
 * @param refunds the active ones, oldest first, at most five, unless the contract broke its own rule
 */
public record SubAccountState(WalletAddress provider, ServiceName service, boolean open, Neuron balance,
    boolean acknowledged, List<PendingRefund> refunds) {
  public SubAccountState {
    refunds = List.copyOf(refunds);
  }

  /** Without the names of the sub-account. */
  public SubAccountBalances balances() {
    return new SubAccountBalances(open, balance, acknowledged, refunds);
  }

  /** The sum of the active refunds; still part of the balance. */
  public Neuron pendingRefund() {
    return refunds.stream().map(PendingRefund::amount).reduce(Neuron.ZERO, Neuron::plus);
  }
}
