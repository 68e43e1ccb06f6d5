package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.AnvilControl;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.Receipt;
import io.neuronledger.testkit.devchain.transaction.CompiledContract;
import io.neuronledger.testkit.devchain.transaction.ContractAbi;
import io.neuronledger.testkit.devchain.transaction.ContractReverted;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** A separate contract on a shared node, with an owner, a provider and short operations and queries. */
final class Scene {
  static final Duration DAY = Duration.ofHours(24);
  static final DevWallet ADMIN = DevWallet.funded(0);

  /** One node for all tests of this JVM. */
  private static final Anvil NODE = Anvil.start();

  final AccountLedgerContract contract = AccountLedgerContract.deployWithServices(NODE.rpcUrl(), ADMIN);
  final DevWallet owner = wallet("owner");
  final DevWallet provider = wallet("provider");

  static AnvilControl node() {
    return NODE.control();
  }

  /** A wallet with a million 0G. */
  static DevWallet wallet(String name) {
    DevWallet wallet = DevWallet.named(name);
    node().setBalance(wallet.address(), zeroG("1000000"));
    return wallet;
  }

  static Neuron zeroG(String amount) {
    return Neuron.ofZeroG(amount);
  }

  /** Waits for the transaction; returns the contract's logs, decoded. */
  List<ContractAbi.Decoded> logs(Hash transaction) {
    return logs(contract.await(transaction));
  }

  List<ContractAbi.Decoded> logs(Receipt receipt) {
    return receipt.logs().stream().filter(each -> each.emitter().equals(contract.address()))
        .map(each -> CompiledContract.ACCOUNT_LEDGER.abi().event(each).orElseThrow()).toList();
  }

  List<ContractAbi.Decoded> deposit(String amount) {
    return logs(contract.deposit(owner, zeroG(amount)));
  }

  List<ContractAbi.Decoded> transfer(String amount) {
    return logs(contract.transfer(owner, provider.address(), INFERENCE, zeroG(amount)));
  }

  List<ContractAbi.Decoded> retrieve() {
    return logs(contract.retrieve(owner, INFERENCE, provider.address()));
  }

  /** Runs the operation in a block of exactly this time. */
  List<ContractAbi.Decoded> retrieveAt(Instant time) {
    node().setNextBlockTime(time);
    return retrieve();
  }

  List<ContractAbi.Decoded> settle(String asked, long nonce) {
    return logs(contract.settle(provider, item(asked, nonce)));
  }

  Settlement item(String asked, long nonce) {
    return new Settlement(owner.address(), INFERENCE, zeroG(asked), nonce);
  }

  List<ContractAbi.Decoded> withdraw(String amount) {
    return logs(contract.withdraw(owner, zeroG(amount)));
  }

  /**
   * Makes several refunds of 8 0G, 4 + 4, 4 + 2 + 2, …: each step cancels half of the newest and requests it again.
   */
  void halve(int refunds) {
    transfer("8");
    retrieve();
    for (int i = 1; i < refunds; i++) {
      Neuron newest = subAccount().refunds().getLast().amount();
      transfer(new Neuron(newest.value().shiftRight(1)).toZeroG());
      retrieve();
    }
  }

  static Instant now() {
    return node().head().time();
  }

  LedgerAt ledger() {
    return contract.views().ledger(owner.address(), BlockRef.latest());
  }

  SubAccountAt subAccount() {
    return subAccount(provider.address(), INFERENCE);
  }

  SubAccountAt subAccount(WalletAddress of, ServiceName service) {
    return contract.views().subAccount(new SubAccountId(owner.address(), of, service), BlockRef.latest());
  }

  /** Available, total, balance and the refunds' amounts in 0G, as the worked example writes them. */
  String state() {
    Stream<String> refunds = subAccount().refunds().stream().map(each -> each.amount().toZeroG());
    return "avail %s total %s bal %s pend %s %s".formatted(ledger().available().toZeroG(), ledger().total().toZeroG(),
        subAccount().balance().toZeroG(), subAccount().pendingRefund().toZeroG(), refunds.toList());
  }

  /** An expected log; amounts, addresses and names as values. */
  static ContractAbi.Decoded log(String event, Object... arguments) {
    return new ContractAbi.Decoded(event, Stream.of(arguments).map(each -> switch (each) {
      case Neuron amount -> amount.value();
      case ServiceName service -> service.value();
      case DevWallet wallet -> wallet.address();
      case Integer number -> BigInteger.valueOf(number);
      case Instant time -> BigInteger.valueOf(time.getEpochSecond());
      case Duration period -> BigInteger.valueOf(period.toSeconds());
      default -> each;
    }).toList());
  }

  /** Expects the transaction to be mined and reverted with this error. */
  ContractReverted refused(Hash transaction, String error) {
    ContractReverted refusal = Assertions.catchThrowableOfType(ContractReverted.class,
        () -> contract.await(transaction));
    Assertions.assertThat(refusal).as("refused").isNotNull();
    Assertions.assertThat(refusal.error()).isEqualTo(error);
    return refusal;
  }
}
