package io.neuronledger.indexer.decode.zerog.contract;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/** A log of the contracts that changes a balance or a price, or the meaning of later logs. Names are the ABI's. */
public sealed interface ContractLog {
  /** A log of a serving contract about one account. */
  sealed interface OfAccount extends ContractLog {
    WalletAddress user();

    WalletAddress provider();
  }

  /** LedgerManager: a settlement took {@code amount}; the next log names the account. */
  record FundSpent(WalletAddress user, WalletAddress service, Neuron amount) implements ContractLog {}

  /** LedgerManager: from here on this contract is followed. */
  record ServiceRegistered(WalletAddress serviceAddress, String serviceName) implements ContractLog {}

  /** Serving: absolute values, after a transfer in, an unlock or a settlement. */
  record BalanceUpdated(WalletAddress user, WalletAddress provider, Neuron amount, Neuron pendingRefund)
      implements OfAccount {}

  /** Serving: carries no amount, and is also emitted where nothing new is requested. */
  record RefundRequested(WalletAddress user, WalletAddress provider, BigInteger index, Instant timestamp)
      implements OfAccount {}

  /** Serving. */
  record AccountDeleted(WalletAddress user, WalletAddress provider, Neuron refundedAmount) implements OfAccount {}

  /** Serving: a new lock period. */
  record LockTimeUpdated(Duration oldLockTime, Duration newLockTime) implements ContractLog {}

  /** Inference: one item of a batch, in the order of input. */
  record TeeSettlementResult(WalletAddress user, int status, Neuron unsettledAmount) implements ContractLog {}

  /** Fine-tuning. */
  record FeesSettled(WalletAddress user, WalletAddress provider, Neuron fee, SettlementNonce nonce)
      implements OfAccount {}

  /** Serving: a provider's service with its price, without what no log carries. */
  record ServiceUpdated(WalletAddress provider, ServicePrice price) implements ContractLog {}

  /** Serving: the provider offers its service no longer. */
  record ServiceRemoved(WalletAddress provider) implements ContractLog {}

  /** A beacon: its proxies run other code from here on. */
  record Upgraded(WalletAddress implementation) implements ContractLog {}
}
