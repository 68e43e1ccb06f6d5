package io.neuronledger.wallet.plan;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;

/**
 * What an owner holds at one block, as the ledger answers.
 *
 * @param open whether it has a ledger
 * @param available not in sub-accounts
 * @param total with the balances of the sub-accounts
 */
public record Holdings(WalletAddress owner, boolean open, Neuron available, Neuron total,
    List<SubAccountHoldings> subAccounts) {
  public Holdings {
    subAccounts = List.copyOf(subAccounts);
  }

  public Optional<SubAccountHoldings> find(WalletAddress provider, ServiceName service) {
    return subAccounts.stream().filter(each -> each.provider().equals(provider) && each.service().equals(service))
        .findFirst();
  }

  /** The providers with which there is a sub-account of this service, in the ledger's order. */
  public List<WalletAddress> providers(ServiceName service) {
    return subAccounts.stream().filter(each -> each.service().equals(service)).map(SubAccountHoldings::provider)
        .toList();
  }

  /** The sum of the sub-accounts' balances. */
  public Neuron locked() {
    return total.minusOrZero(available);
  }

  Holdings with(Neuron newAvailable, Neuron newTotal) {
    return new Holdings(owner, !newTotal.isZero(), newAvailable, newTotal, subAccounts);
  }
}
