package io.neuronledger.indexer.decode.zerog.state;

import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.indexer.chain.PinnedLists;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.state.ContractState.AccountView;
import io.neuronledger.indexer.decode.zerog.state.ContractState.LedgerView;
import java.util.List;
import java.util.Map;

/** The views of the contracts: call input and answer decoding. */
final class Views {
  private static final String WORD = "%064x";
  private static final String ALL_LEDGERS = Signature.selector("getAllLedgers(uint256,uint256)");
  private static final String ALL_ACCOUNTS = Signature.selector("getAllAccounts(uint256,uint256)");
  private static final String ACCOUNT = Signature.selector("getAccount(address,address)");
  static final String SERVICES = Signature.selector("getAllActiveServices()");
  static final String MIN_ACCOUNT_BALANCE = Signature.selector("MIN_ACCOUNT_BALANCE()");
  static final String MIN_TRANSFER_AMOUNT = Signature.selector("MIN_TRANSFER_AMOUNT()");
  static final String LOCK_TIME = Signature.selector("lockTime()");
  static final String IMPLEMENTATION = Signature.selector("implementation()");

  /** In inference: nonce, balance, pending refund, refunds, additional information. */
  private static final int BETWEEN_PROVIDER_AND_ACKNOWLEDGED = 5;

  private Views() {}

  record Service(WalletAddress contract, String name) {}

  static String ledgers(int offset, int limit) {
    return ALL_LEDGERS + WORD.formatted(offset) + WORD.formatted(limit);
  }

  static PinnedLists.Page<Map.Entry<WalletAddress, LedgerView>> ledgers(String answer) {
    AbiReader page = AbiReader.ofData(answer);
    return new PinnedLists.Page<>(page.list(list -> {
      AbiReader ledger = list.tuple();
      return Map.entry(ledger.address(), new LedgerView(ledger.neuron(), ledger.neuron()));
    }), page.integer());
  }

  static String accounts(int offset, int limit) {
    return ALL_ACCOUNTS + WORD.formatted(offset) + WORD.formatted(limit);
  }

  /** Both services' lists begin each account alike; {@link #account} reads the rest. */
  static PinnedLists.Page<AccountKey> accounts(WalletAddress service, String answer) {
    AbiReader page = AbiReader.ofData(answer);
    return new PinnedLists.Page<>(page.list(list -> {
      AbiReader account = list.tuple();
      return new AccountKey(service, account.address(), account.address());
    }), page.integer());
  }

  /** Reads from the same lists whether each user acknowledges the provider. Inference lists the refunds too. */
  static PinnedLists.Page<Map.Entry<AccountKey, Boolean>> acknowledgements(WalletAddress service, boolean fineTuning,
      String answer) {
    AbiReader page = AbiReader.ofData(answer);
    return new PinnedLists.Page<>(page.list(list -> {
      AbiReader account = list.tuple();
      AccountKey key = new AccountKey(service, account.address(), account.address());
      return Map.entry(key, account.skip(BETWEEN_PROVIDER_AND_ACKNOWLEDGED).skip(fineTuning ? 1 : 0).bool());
    }), page.integer());
  }

  static String account(AccountKey key) {
    return ACCOUNT + padded(key.user()) + padded(key.provider());
  }

  /** Only the first refund slots are live: the others hold old values. */
  static AccountView account(AccountKey key, boolean fineTuning, String answer) {
    AbiReader account = AbiReader.ofData(answer).tuple();
    if (!account.address().equals(key.user()) || !account.address().equals(key.provider())) {
      throw new IllegalArgumentException("not the requested account");
    }
    Neuron balance = account.skip(1).neuron();
    Neuron pending = account.neuron();
    List<ObservedLedger.Refund> slots = account.list(refund -> {
      Neuron amount = refund.skip(1).neuron();
      ObservedLedger.Refund read = new ObservedLedger.Refund(amount, refund.time());
      refund.skip(1);
      return read;
    });
    // After the refunds: additionalInfo; fine-tuning then has its deliverables, and the flag last.
    boolean acknowledged = !fineTuning && account.skip(1).bool();
    int valid = (fineTuning ? account.skip(2) : account).integer();
    acknowledged |= fineTuning && account.skip(2).bool();
    if (valid > slots.size()) {
      throw new IllegalArgumentException(valid + " live refunds of " + slots.size());
    }
    List<ObservedLedger.Refund> refunds = slots.subList(0, valid);
    Neuron sum = refunds.stream().map(ObservedLedger.Refund::amount).reduce(Neuron.ZERO, Neuron::plus);
    if (!sum.equals(pending)) {
      throw new IllegalArgumentException("refunds of " + sum + " although " + pending + " is pending");
    }
    return new AccountView(key, balance, acknowledged, refunds);
  }

  static List<Service> services(String answer) {
    return AbiReader.ofData(answer).list(list -> {
      AbiReader service = list.tuple();
      return new Service(service.address(), service.skip(3).string());
    });
  }

  private static String padded(WalletAddress address) {
    return "0".repeat(24) + address.value().substring(2);
  }
}
