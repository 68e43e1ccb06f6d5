package io.neuronledger.wallet.chain;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import org.web3j.crypto.RawTransaction;

/**
 * All that a signature covers, and what is shown before it is made.
 *
 * @param chainId for which alone the signature is good (EIP-155)
 * @param gasPrice of one unit of gas
 */
public record UnsignedTransaction(long chainId, WalletAddress from, BigInteger nonce, Neuron gasPrice,
    BigInteger gasLimit, WalletCall call) {
  /** The most that the network can take for it. */
  public Neuron feeMax() {
    return new Neuron(gasPrice.value().multiply(gasLimit));
  }

  /** In the form that web3j encodes: one price, no tip. */
  RawTransaction raw() {
    return RawTransaction.createTransaction(nonce, gasPrice.value(), gasLimit, call.to().checksummed(),
        call.value().value(), call.data());
  }
}
