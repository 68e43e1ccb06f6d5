package io.neuronledger.testkit.trace.simulation;

import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.List;

/** A call of the contracts. Amounts in neuron. */
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
   * Inference; the caller is the provider.
   */
  record Settle(List<Item> items) implements Operation {}

  /** @param refusal 0 for none; otherwise the status of a check that this simulation does not model */
  record Item(WalletAddress user, WalletAddress provider, BigInteger fee, BigInteger nonce, int refusal) {}

  /** Fine-tuning; the caller is the provider. */
  record SettleFees(WalletAddress user, BigInteger fee, BigInteger nonce) implements Operation {}

  record UpdateLockTime(WalletAddress service, long seconds) implements Operation {}

  record RegisterService(WalletAddress service) implements Operation {}

  /** Made by a wallet that is a contract: a call to an unrelated contract, and a log without topics. */
  record Noise() implements Operation {}

  /**
   * Made by a wallet that is a contract, which continues after the failing call. {@code inside} are its inner calls.
   */
  record Failing(Operation call, List<Operation> inside) implements Operation {}
}
