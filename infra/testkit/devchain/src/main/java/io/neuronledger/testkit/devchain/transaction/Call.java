package io.neuronledger.testkit.devchain.transaction;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;

/**
 * A contract call that a wallet can make in a transaction.
 *
 * @param value the transferred native amount
 * @param data the function's selector and arguments, {@code 0x} and hex digits
 */
public record Call(WalletAddress to, Neuron value, String data) {
  /** A plain transfer. */
  public static Call payment(WalletAddress to, Neuron value) {
    return new Call(to, value, "0x");
  }
}
