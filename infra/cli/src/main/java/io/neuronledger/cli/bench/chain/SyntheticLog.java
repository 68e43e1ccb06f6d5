package io.neuronledger.cli.bench.chain;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.evm.Signature;

/**
 * A log of AccountLedger, encoded by its ABI.
 *
 * @param topics a JSON array
 * @param data {@code 0x} and hex
 */
record SyntheticLog(String topics, String data) {
  private static final String DEPOSIT = Signature.topic("Deposit(address,address,uint256)");
  private static final String TRANSFER = Signature.topic("Transfer(address,address,string,bool,uint256,uint256)");
  private static final String REFUND_REQUESTED =
      Signature.topic("RefundRequested(address,address,string,uint256,uint256)");
  private static final String SETTLED =
      Signature.topic("Settled(address,address,string,uint256,uint256,uint8,uint256)");
  private static final String SERVICE_REGISTERED = Signature.topic("ServiceRegistered(string,uint256)");
  private static final long LOCK_PERIOD_S = 86_400;
  private static final long WORD = 32;
  private static final String SERVICE = Words.of(INFERENCE.value());

  /** @param owner an address without 0x, as all below */
  static SyntheticLog deposit(String owner, Neuron amount) {
    return new SyntheticLog(topics(DEPOSIT, owner, owner), "0x" + Words.of(amount.value()));
  }

  /** To the provider. */
  static SyntheticLog transfer(String owner, String provider, Neuron amount, Neuron cancelled) {
    return new SyntheticLog(topics(TRANSFER, owner, provider), "0x" + Words.of(4 * WORD) + Words.of(1)
        + Words.of(amount.value()) + Words.of(cancelled.value()) + SERVICE);
  }

  static SyntheticLog refundRequested(String owner, String provider, Neuron amount, long time) {
    return new SyntheticLog(topics(REFUND_REQUESTED, owner, provider), "0x" + Words.of(3 * WORD)
        + Words.of(amount.value()) + Words.of(time + LOCK_PERIOD_S) + SERVICE);
  }

  /** @param taken 0 for a rejected one */
  static SyntheticLog settled(String owner, String provider, long asked, long taken, int status, long nonce) {
    return new SyntheticLog(topics(SETTLED, owner, provider), "0x" + Words.of(5 * WORD) + Words.of(asked)
        + Words.of(taken) + Words.of(status) + Words.of(nonce) + SERVICE);
  }

  static SyntheticLog serviceRegistered() {
    return new SyntheticLog("[\"" + SERVICE_REGISTERED + "\"]",
        "0x" + Words.of(2 * WORD) + Words.of(LOCK_PERIOD_S) + SERVICE);
  }

  private static String topics(String topic, String owner, String other) {
    String address = "\",\"0x" + "0".repeat(24);
    return "[\"" + topic + address + owner + address + other + "\"]";
  }
}
