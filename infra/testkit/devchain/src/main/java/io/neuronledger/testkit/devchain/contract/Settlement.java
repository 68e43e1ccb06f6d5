package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;

/**
 * One owner's item of a provider's batch.
 *
 * @param nonce must be above the last one of that sub-account, so at least 1, or the item is rejected
 */
public record Settlement(WalletAddress owner, ServiceName service, Neuron asked, BigInteger nonce) {
  public Settlement(WalletAddress owner, ServiceName service, Neuron asked, long nonce) {
    this(owner, service, asked, BigInteger.valueOf(nonce));
  }
}
