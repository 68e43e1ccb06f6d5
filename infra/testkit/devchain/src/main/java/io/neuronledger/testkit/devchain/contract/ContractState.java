package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * AccountLedger's complete state at one block.
 *
 * @param coins the contract's native balance: the sum of all totals, and forced transfers
 * @param ledgers the open ones
 * @param subAccounts the open ones
 */
public record ContractState(Neuron coins, List<ServiceAt> services, SortedMap<WalletAddress, LedgerAt> ledgers,
    SortedMap<SubAccountId, SubAccountAt> subAccounts) {
  public ContractState {
    services = List.copyOf(services);
    ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
    subAccounts = Collections.unmodifiableSortedMap(new TreeMap<>(subAccounts));
  }

  /** The sum of the ledgers' totals, which the contract owes. */
  public Neuron total() {
    return ledgers.values().stream().map(LedgerAt::total).reduce(Neuron.ZERO, Neuron::plus);
  }
}
