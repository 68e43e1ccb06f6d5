package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;

/** A ledger as the contract returns it: zeros when it is not open. */
public record LedgerAt(WalletAddress owner, boolean open, Neuron available, Neuron total) {
  /** The sum of the sub-accounts' balances. */
  public Neuron locked() {
    return total.minus(available);
  }

  static LedgerAt read(AbiReader reader) {
    return new LedgerAt(reader.address(), reader.bool(), reader.neuron(), reader.neuron());
  }
}
