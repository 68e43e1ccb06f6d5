package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.Neuron;
import java.util.Optional;

/**
 * The balances after an event. Readers assign them, never add.
 *
 * @param open whether the ledger is open
 * @param available not allocated
 * @param locked the sum of the sub-accounts' balances
 * @param subAccount the complete state of the sub-account that the event changed; absent where it changed the ledger
 *     only
 */
public record Balances(boolean open, Neuron available, Neuron locked, Optional<SubAccountState> subAccount) {
  /** available + locked. */
  public Neuron total() {
    return available.plus(locked);
  }
}
