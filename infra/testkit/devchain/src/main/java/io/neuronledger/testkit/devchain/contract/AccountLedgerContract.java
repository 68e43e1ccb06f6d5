package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import io.neuronledger.testkit.devchain.rpc.Receipt;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.CompiledContract;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.time.Duration;
import java.util.List;

/**
 * A deployed AccountLedger. Each operation sends a transaction of the given wallet without waiting and returns its
 * hash; {@link #await} returns its receipt.
 */
public final class AccountLedgerContract {
  public static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  public static final ServiceName FINE_TUNING = ServiceName.of("fine-tuning-v1.0");
  public static final Duration DEFAULT_LOCK_PERIOD = Duration.ofHours(24);

  private final Transactions transactions;
  private final AccountLedgerCalls calls;
  private final AccountLedgerViews views;
  private final long startBlock;

  private AccountLedgerContract(Transactions transactions, WalletAddress address, long startBlock) {
    this.transactions = transactions;
    this.calls = new AccountLedgerCalls(address);
    this.views = new AccountLedgerViews(transactions.rpc(), address);
    this.startBlock = startBlock;
  }

  /** Deploys a contract without services and waits for it. */
  public static AccountLedgerContract deploy(Transactions transactions, DevWallet contractOwner) {
    Receipt receipt = transactions.deploy(contractOwner, CompiledContract.ACCOUNT_LEDGER);
    return new AccountLedgerContract(transactions, receipt.created().orElseThrow(), receipt.block());
  }

  /** Deploys a contract with {@link #INFERENCE} and {@link #FINE_TUNING}, lock period 24 hours, and waits for it. */
  public static AccountLedgerContract deployWithServices(String rpcUrl, DevWallet contractOwner) {
    AccountLedgerContract contract = deploy(new Transactions(new JsonRpc(rpcUrl)), contractOwner);
    contract.await(contract.registerService(contractOwner, INFERENCE, DEFAULT_LOCK_PERIOD));
    contract.await(contract.registerService(contractOwner, FINE_TUNING, DEFAULT_LOCK_PERIOD));
    return contract;
  }

  /** A contract that is already deployed. */
  public static AccountLedgerContract at(Transactions transactions, WalletAddress address, long startBlock) {
    return new AccountLedgerContract(transactions, address, startBlock);
  }

  public WalletAddress address() {
    return calls.contract();
  }

  /** The block of its deployment. */
  public long startBlock() {
    return startBlock;
  }

  /** Its operations as calls, for batches and for expected failures. */
  public AccountLedgerCalls calls() {
    return calls;
  }

  /** Its state at a block. */
  public AccountLedgerViews views() {
    return views;
  }

  public Transactions transactions() {
    return transactions;
  }

  /** @see Transactions#await */
  public Receipt await(Hash transaction) {
    return transactions.await(transaction);
  }

  public Hash deposit(DevWallet owner, Neuron amount) {
    return send(owner, calls.deposit(amount));
  }

  public Hash depositFor(DevWallet payer, WalletAddress owner, Neuron amount) {
    return send(payer, calls.depositFor(owner, amount));
  }

  public Hash transfer(DevWallet owner, WalletAddress provider, ServiceName service, Neuron amount) {
    return send(owner, calls.transfer(provider, service, amount));
  }

  public Hash retrieve(DevWallet owner, ServiceName service, WalletAddress... providers) {
    return send(owner, calls.retrieve(service, List.of(providers)));
  }

  public Hash settle(DevWallet provider, List<Settlement> items) {
    return send(provider, calls.settle(items));
  }

  public Hash settle(DevWallet provider, Settlement... items) {
    return settle(provider, List.of(items));
  }

  public Hash withdraw(DevWallet owner, Neuron amount) {
    return send(owner, calls.withdraw(amount));
  }

  public Hash deleteLedger(DevWallet owner) {
    return send(owner, calls.deleteLedger());
  }

  public Hash acknowledge(DevWallet owner, WalletAddress provider, ServiceName service, boolean accepted) {
    return send(owner, calls.acknowledge(provider, service, accepted));
  }

  public Hash updateService(DevWallet provider, ServiceName service, ServicePrice price) {
    return send(provider, calls.updateService(service, price));
  }

  public Hash removeService(DevWallet provider, ServiceName service) {
    return send(provider, calls.removeService(service));
  }

  public Hash registerService(DevWallet contractOwner, ServiceName name, Duration lockPeriod) {
    return send(contractOwner, calls.registerService(name, lockPeriod));
  }

  public Hash setLockPeriod(DevWallet contractOwner, ServiceName service, Duration lockPeriod) {
    return send(contractOwner, calls.setLockPeriod(service, lockPeriod));
  }

  private Hash send(DevWallet from, Call call) {
    return transactions.send(from, call);
  }
}
