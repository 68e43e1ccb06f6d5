package io.neuronledger.command.account;

import io.neuronledger.contracts.balance.SubAccountBalances;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;

/**
 * Funds set aside for one provider's service. Open while its ledger has it; pending refunds are at most its balance.
 */
public record SubAccount(SubAccountId id, Neuron balance, boolean acknowledged, Refunds refunds) {

  /** A transfer to the provider opens it and acknowledges the provider. */
  public static SubAccount open(SubAccountId id) {
    return new SubAccount(id, Neuron.ZERO, true, Refunds.NONE);
  }

  static SubAccount of(WalletAddress owner, SubAccountState state) {
    return new SubAccount(new SubAccountId(owner, state.provider(), state.service()), state.balance(),
        state.acknowledged(), new Refunds(state.refunds()));
  }

  /** The balance without pending refunds. */
  public Neuron free() {
    return balance.minusOrZero(refunds.pending());
  }

  public SubAccount with(Neuron newBalance, Refunds newRefunds) {
    return new SubAccount(id, newBalance, acknowledged, newRefunds);
  }

  public SubAccount withAcknowledged(boolean newAcknowledged) {
    return new SubAccount(id, balance, newAcknowledged, refunds);
  }

  public SubAccountBalances balances() {
    return new SubAccountBalances(true, balance, acknowledged, refunds.active());
  }

  public SubAccountState state() {
    return balances().of(id);
  }
}
