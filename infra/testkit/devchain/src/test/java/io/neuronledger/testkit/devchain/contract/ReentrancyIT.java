package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static io.neuronledger.testkit.devchain.contract.Scene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.CompiledContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wallet that reenters the contract during a payout receives nothing more. */
class ReentrancyIT {
  private final Scene scene = new Scene();
  private final AccountLedgerCalls calls = scene.contract.calls();
  private final WalletAddress attacker = scene.contract.transactions()
      .deploy(scene.provider, CompiledContract.load("Reenterer")).created().orElseThrow();

  /** Every state-changing operation, as the second call. */
  static Stream<String> again() {
    return Stream.of("deposit", "depositFor", "transfer", "retrieve", "settle", "withdraw", "deleteLedger",
        "acknowledge");
  }

  @BeforeEach
  void the_attacker_has_a_ledger_and_is_a_provider() {
    run(zeroG("10"), calls.deposit(zeroG("10")));
    run(Neuron.ZERO, calls.transfer(attacker, INFERENCE, zeroG("3")));
  }

  @ParameterizedTest
  @MethodSource("again")
  void the_second_call_is_refused_while_a_withdrawal_is_paid(String again) {
    arm(again, true);
    run(Neuron.ZERO, calls.withdraw(zeroG("1")));
    assertThat(attempts()).isEqualTo(1);
    expectOnly("6", "9");
  }

  @ParameterizedTest
  @MethodSource("again")
  void the_second_call_is_refused_while_a_settlement_is_paid(String again) {
    arm(again, true);
    run(Neuron.ZERO, settlement(1));
    assertThat(attempts()).isEqualTo(1);
    expectOnly("7", "9");
  }

  @ParameterizedTest
  @MethodSource("again")
  void a_reentering_wallet_that_insists_receives_nothing(String again) {
    arm(again, false);
    scene.refused(send(Neuron.ZERO, calls.withdraw(zeroG("1"))), "PaymentFailed");
    scene.refused(send(Neuron.ZERO, settlement(1)), "PaymentFailed");
    expectOnly("7", "10");
  }

  private void expectOnly(String available, String total) {
    ContractState state = scene.contract.views().everything(BlockRef.latest());
    assertThat(state.ledgers()).containsExactly(Map.entry(attacker,
        new LedgerAt(attacker, true, zeroG(available), zeroG(total))));
    assertThat(state.coins()).isEqualTo(zeroG(total));
  }

  private Call settlement(long nonce) {
    return calls.settle(List.of(new Settlement(attacker, INFERENCE, zeroG("1"), nonce)));
  }

  private void arm(String operation, boolean forgiving) {
    Call again = switch (operation) {
      case "deposit" -> calls.deposit(Neuron.ZERO);
      case "depositFor" -> calls.depositFor(attacker, Neuron.ZERO);
      case "transfer" -> calls.transfer(attacker, INFERENCE, zeroG("1"));
      case "retrieve" -> calls.retrieve(INFERENCE, List.of(attacker));
      case "settle" -> settlement(2);
      case "withdraw" -> calls.withdraw(zeroG("1"));
      case "deleteLedger" -> calls.deleteLedger();
      case "acknowledge" -> calls.acknowledge(attacker, INFERENCE, true);
      default -> throw new IllegalArgumentException(operation);
    };
    String data = new AbiWriter().address(scene.contract.address()).bytes(HexData.toBytes(again.data())).bool(forgiving)
        .call("arm(address,bytes,bool)");
    scene.contract.transactions().execute(scene.provider, new Call(attacker, Neuron.ZERO, data));
  }

  private void run(Neuron value, Call call) {
    if (value.compareTo(Neuron.ZERO) > 0) {
      arm("deposit", true);
    }
    scene.contract.await(send(value, call));
  }

  private Hash send(Neuron value, Call call) {
    String data = new AbiWriter().bytes(HexData.toBytes(call.data())).call("run(bytes)");
    return scene.contract.transactions().send(scene.provider, new Call(attacker, value, data));
  }

  private int attempts() {
    Call call = new Call(attacker, Neuron.ZERO, new AbiWriter().call("attempts()"));
    return AbiReader.ofData(scene.contract.transactions().simulate(attacker, call, BlockRef.latest())).integer();
  }
}
