package io.neuronledger.wallet.plan;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/** What an owner can do with its money, as one transaction. */
public sealed interface WalletAction {
  /** Puts coins of the wallet into its ledger. */
  record Deposit(Neuron amount) implements WalletAction {}

  /** Sets money aside for a provider's service. */
  record Transfer(WalletAddress provider, ServiceName service, Neuron amount) implements WalletAction {}

  /** Fetches the refunds past their lock, and asks back all else that is free. */
  record Retrieve(ServiceName service, List<WalletAddress> providers) implements WalletAction {
    public Retrieve {
      providers = List.copyOf(providers);
    }
  }

  /** Takes coins out of the ledger, back to the wallet: {@code refund} of the contracts of 0G. */
  record Withdraw(Neuron amount) implements WalletAction {}
}
