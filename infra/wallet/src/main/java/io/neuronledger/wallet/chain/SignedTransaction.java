package io.neuronledger.wallet.chain;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;
import org.web3j.crypto.TransactionDecoder;

/**
 * A transaction that a node can send on.
 *
 * @param hash computed here, not taken from a node
 * @param bytes {@code 0x} and hex
 */
public record SignedTransaction(Hash hash, String bytes) {
  /** Of one unit of gas. */
  public Neuron gasPrice() {
    return new Neuron(TransactionDecoder.decode(bytes).getGasPrice());
  }

  public BigInteger gasLimit() {
    return TransactionDecoder.decode(bytes).getGasLimit();
  }
}
