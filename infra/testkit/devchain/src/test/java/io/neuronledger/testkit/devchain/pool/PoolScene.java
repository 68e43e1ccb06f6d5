package io.neuronledger.testkit.devchain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.LogEntry;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.CompiledContract;
import io.neuronledger.testkit.devchain.transaction.ContractAbi.Decoded;
import io.neuronledger.testkit.devchain.transaction.ContractReverted;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A vault and a pool on a node that all tests of this JVM share, with an owner and a provider. */
final class PoolScene {
  static final DevWallet OPERATOR = DevWallet.funded(0);
  static final Neuron ONE = new Neuron(BigInteger.ONE);
  static final Neuron PULL_MAX = Neuron.ofZeroG("1");
  static final Hash TRANCHE = Hash.keccak256("tranche 1");
  private static final Anvil NODE = Anvil.start();

  final Transactions transactions = new Transactions(NODE.rpc());
  final PaymentVaultContract vault;
  final RouterPoolContract pool;
  final DevWallet owner = wallet("owner");
  final DevWallet provider = DevWallet.named("provider " + System.identityHashCode(this));

  PoolScene() {
    this(false, true);
  }

  PoolScene(boolean silent, boolean creditFirst) {
    vault = PaymentVaultContract.deploy(transactions, OPERATOR, silent);
    pool = RouterPoolContract.deploy(transactions, OPERATOR, vault, creditFirst);
    operate(vault.setApp(pool.address(), true, PULL_MAX));
  }

  static DevWallet wallet(String name) {
    DevWallet wallet = DevWallet.named(name);
    NODE.control().setBalance(wallet.address(), zeroG("1000000"));
    return wallet;
  }

  static Neuron zeroG(String amount) {
    return Neuron.ofZeroG(amount);
  }

  static Neuron neuron(String amount) {
    return new Neuron(new BigInteger(amount));
  }

  static void nextBlockAt(Instant time) {
    NODE.control().setNextBlockTime(time);
  }

  static Instant now() {
    return NODE.control().head().time();
  }

  /** Sends it as the operator, which owns the vault too; returns the logs of both contracts. */
  List<Decoded> operate(Call call) {
    return send(OPERATOR, call);
  }

  List<Decoded> send(DevWallet from, Call call) {
    return transactions.execute(from, call).logs().stream().map(this::decoded).toList();
  }

  /** Expects the transaction to be mined and reverted with this error. */
  ContractReverted refused(DevWallet from, Call call, String error) {
    ContractReverted refusal = catchThrowableOfType(ContractReverted.class, () -> transactions.execute(from, call));
    assertThat(refusal).as("refused").isNotNull();
    assertThat(refusal.error()).isEqualTo(error);
    return refusal;
  }

  Pull pull(Neuron amount) {
    return new Pull(owner.address(), amount, TRANCHE);
  }

  Charge charge(Neuron amount, long nonce) {
    return new Charge(owner.address(), provider.address(), amount, nonce);
  }

  Neuron inVault() {
    return vault.balanceOf(owner.address(), BlockRef.latest());
  }

  PoolAccountAt account() {
    return pool.account(owner.address(), BlockRef.latest());
  }

  Neuron payable() {
    return pool.payable(provider.address(), BlockRef.latest());
  }

  Neuron coinsOf(DevWallet wallet) {
    return new PoolContract(transactions, wallet.address()).coins(BlockRef.latest());
  }

  /** An expected log; amounts, wallets and times as values. */
  static Decoded log(String event, Object... arguments) {
    return new Decoded(event, Stream.of(arguments).map(each -> switch (each) {
      case Neuron amount -> amount.value();
      case DevWallet wallet -> wallet.address();
      case Integer number -> BigInteger.valueOf(number);
      case Instant time -> BigInteger.valueOf(time.getEpochSecond());
      default -> each;
    }).toList());
  }

  private Decoded decoded(LogEntry log) {
    CompiledContract emitter =
        log.emitter().equals(vault.address()) ? CompiledContract.PAYMENT_VAULT : CompiledContract.ROUTER_POOL;
    return emitter.abi().event(log).orElseThrow();
  }
}
