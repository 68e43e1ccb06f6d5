package io.neuronledger.infra.devchain.transaction;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;

/**
 * A call that some wallet can make in a transaction.
 *
 * @param value the coins that go along
 * @param data the function's selector and arguments, {@code 0x} and hex digits
 */
public record Call(WalletAddress to, Neuron value, String data) {
  /** Coins and nothing else. */
  public static Call payment(WalletAddress to, Neuron value) {
    return new Call(to, value, "0x");
  }
}
