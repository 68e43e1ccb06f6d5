package io.neuronledger.infra.trace.simulation;

import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.List;

/** What somebody asks of the contracts. Amounts in neuron. */
public sealed interface Operation {
  record AddLedger(BigInteger amount) implements Operation {}

  record Deposit(BigInteger amount) implements Operation {}

  record DepositFor(WalletAddress recipient, BigInteger amount) implements Operation {}

  record Refund(BigInteger amount) implements Operation {}

  record DeleteLedger() implements Operation {}

  record Transfer(WalletAddress service, WalletAddress provider, BigInteger amount) implements Operation {}

  record Retrieve(WalletAddress service, List<WalletAddress> providers) implements Operation {}

  record Acknowledge(WalletAddress service, WalletAddress provider, boolean accepted) implements Operation {}

  /**
   * Inference; the caller is the provider. {@code status} is what a check answers that this simulation does not make.
   */
  record Settle(List<Item> items) implements Operation {}

  /** @param refusal 0 for none; otherwise the status that the contract answers */
  record Item(WalletAddress user, WalletAddress provider, BigInteger fee, BigInteger nonce, int refusal) {}

  /** Fine-tuning; the caller is the provider. */
  record SettleFees(WalletAddress user, BigInteger fee, BigInteger nonce) implements Operation {}

  record UpdateLockTime(WalletAddress service, long seconds) implements Operation {}

  record RegisterService(WalletAddress service) implements Operation {}

  /** Made by a wallet that is a contract: a call to somebody else, and a log without topics. */
  record Noise() implements Operation {}

  /** Made by a wallet that is a contract: it goes on when the call fails. {@code inside} happens within it. */
  record Failing(Operation call, List<Operation> inside) implements Operation {}
}
