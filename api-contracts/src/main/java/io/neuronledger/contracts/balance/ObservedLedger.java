package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;

/**
 * An owner's complete state as the contract's views return it at one block.
 *
 * @param open whether the contract knows the ledger
 */
public record ObservedLedger(boolean open, Neuron available, List<SubAccount> subAccounts) {
  public ObservedLedger {
    subAccounts = List.copyOf(subAccounts);
  }

  /** @param refunds the active ones, oldest first */
  public record SubAccount(WalletAddress provider, ServiceName service, Neuron balance, boolean acknowledged,
      List<Refund> refunds) {
    public SubAccount {
      refunds = List.copyOf(refunds);
    }
  }

  /** @param requestedAt block time, whole seconds */
  public record Refund(Neuron amount, Instant requestedAt) implements RefundRules.Reducible<Refund> {
    @Override
    public Refund withAmount(Neuron remaining) {
      return new Refund(remaining, requestedAt);
    }
  }
}
