package io.neuronledger.indexer.decode.zerog.contract;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;

/** A call whose effect no log shows, or that explains logs. Names are the ABI's. */
public sealed interface ContractCall {
  /** A call to LedgerManager. */
  sealed interface ToLedgerManager extends ContractCall {}

  /** {@code addLedger}, {@code depositFund}: {@code amount} comes from the caller, for itself. No log. */
  record Deposit(Neuron amount) implements ToLedgerManager {}

  /** {@code depositFundFor}: for another owner. No log. */
  record DepositFor(WalletAddress recipient, Neuron amount) implements ToLedgerManager {}

  /** {@code refund}: to the caller's wallet. No log, but AccountDeleted where nothing is left. */
  record Refund(Neuron amount) implements ToLedgerManager {}

  /** {@code deleteLedger}. AccountDeleted for each sub-account, else no log. */
  record DeleteLedger() implements ToLedgerManager {}

  /** {@code transferFund}: exactly one BalanceUpdated. */
  record TransferFund(WalletAddress provider, String serviceName, Neuron amount) implements ToLedgerManager {}

  /** {@code retrieveFund}: for each provider in order, BalanceUpdated if paid, RefundRequested if refunds remain. */
  record RetrieveFund(List<WalletAddress> providers, String serviceName) implements ToLedgerManager {
    public RetrieveFund {
      providers = List.copyOf(providers);
    }
  }

  /** {@code acknowledgeTEESigner} on a serving contract. No log. */
  record Acknowledge(WalletAddress provider, boolean acknowledged) implements ContractCall {}

  /** {@code settleFeesWithTEE}: one TEESettlementResult for each item, in order. */
  record Settle(List<Item> items) implements ContractCall {
    public Settle {
      items = List.copyOf(items);
    }
  }

  /** An item of a settlement, with the data that its logs omit. */
  record Item(WalletAddress user, WalletAddress provider, Neuron totalFee, SettlementNonce nonce,
      Optional<Evidence.SettlementSignature> signed) {}
}
