package io.neuronledger.wallet.autofund;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.chain.SignedTransaction;
import io.neuronledger.wallet.funding.FundingRule;
import io.neuronledger.wallet.plan.WalletAction;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A transfer that was signed, as the journal keeps it.
 *
 * @param bytes of the signed transaction: they can be mined only once, however often they are sent
 */
record SignedFunding(Hash hash, long chainId, WalletAddress contract, WalletAddress owner, BigInteger nonce,
    WalletAddress provider, ServiceName service, Neuron amount, Instant signedAt, String bytes) {
  SignedTransaction transaction() {
    return new SignedTransaction(hash, bytes);
  }

  WalletAction action() {
    return new WalletAction.Transfer(provider, service, amount);
  }

  boolean isOf(FundingRule rule) {
    return rule.isAbout(provider, service);
  }
}
