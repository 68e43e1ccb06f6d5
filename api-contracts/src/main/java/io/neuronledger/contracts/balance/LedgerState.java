package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.Neuron;
import java.util.List;

/**
 * The complete chain state of one owner: processing can continue from it alone.
 *
 * @param subAccounts the open ones, in the order of their ids
 */
public record LedgerState(boolean open, Neuron available, List<SubAccountState> subAccounts) {
  public LedgerState {
    subAccounts = List.copyOf(subAccounts);
  }
}
