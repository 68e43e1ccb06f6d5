package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.List;

/**
 * The balances of the sub-account that an event names; the parameters are those of {@link SubAccountState}.
 */
public record SubAccountBalances(boolean open, Neuron balance, boolean acknowledged, List<PendingRefund> refunds) {
  /** A closed sub-account. */
  public static final SubAccountBalances CLOSED = new SubAccountBalances(false, Neuron.ZERO, false, List.of());

  public SubAccountBalances {
    refunds = List.copyOf(refunds);
  }

  /** The complete state. */
  public SubAccountState of(SubAccountId id) {
    return new SubAccountState(id.provider(), id.service(), open, balance, acknowledged, refunds);
  }
}
