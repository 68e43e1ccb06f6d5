package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static io.neuronledger.testkit.devchain.contract.Scene.log;
import static io.neuronledger.testkit.devchain.contract.Scene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.Receipt;
import io.neuronledger.testkit.devchain.transaction.Call;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatcherIT {
  private final Scene scene = new Scene();
  private final AccountLedgerCalls calls = scene.contract.calls();
  private final BatcherContract batcher = BatcherContract.deploy(scene.contract.transactions(), scene.owner);
  private final WalletAddress provider = scene.provider.address();

  @Test
  void one_transaction_does_several_operations_of_the_contract_wallet() {
    WalletAddress wallet = batcher.address();
    Receipt receipt = scene.contract.await(batcher.run(zeroG("20"), List.of(
        calls.deposit(zeroG("10")), calls.transfer(provider, INFERENCE, zeroG("4")),
        calls.transfer(wallet, INFERENCE, zeroG("2")), calls.retrieve(INFERENCE, List.of(provider)),
        calls.transfer(provider, INFERENCE, zeroG("1")),
        calls.settle(List.of(new Settlement(wallet, INFERENCE, zeroG("0.5"), 1))), calls.withdraw(zeroG("1")))));
    assertThat(scene.logs(receipt)).containsExactly(
        log("Deposit", wallet, wallet, zeroG("10")),
        log("Transfer", wallet, provider, INFERENCE, true, zeroG("4"), Neuron.ZERO),
        log("Transfer", wallet, wallet, INFERENCE, true, zeroG("2"), Neuron.ZERO),
        log("RefundRequested", wallet, provider, INFERENCE, zeroG("4"), Scene.now().plus(Scene.DAY)),
        log("Transfer", wallet, provider, INFERENCE, true, Neuron.ZERO, zeroG("1")),
        log("Settled", wallet, wallet, INFERENCE, zeroG("0.5"), zeroG("0.5"), 0, 1),
        log("Withdraw", wallet, zeroG("1")));
    assertThat(scene.contract.views().ledger(wallet, BlockRef.latest()))
        .isEqualTo(new LedgerAt(wallet, true, zeroG("3"), zeroG("8.5")));
    assertThat(scene.contract.views().everything(BlockRef.latest()).coins()).isEqualTo(zeroG("8.5"));
  }

  @Test
  void prepared_calls_run_in_a_transaction_without_addresses() {
    scene.contract.await(batcher.run(zeroG("9"), List.of(calls.deposit(zeroG("9")))));
    scene.contract.await(scene.contract.transactions().send(scene.owner, batcher.prepare(List.of(
        calls.withdraw(zeroG("4")), calls.depositFor(provider, zeroG("4"))))));
    Call hidden = batcher.runPrepared();
    assertThat(hidden.data()).hasSize("0x12345678".length());
    Receipt receipt = scene.contract.await(scene.contract.transactions().send(scene.owner, hidden));
    assertThat(scene.logs(receipt)).containsExactly(log("Withdraw", batcher.address(), zeroG("4")),
        log("Deposit", provider, batcher.address(), zeroG("4")));
    assertThat(scene.contract.views().everything(BlockRef.latest()).coins()).isEqualTo(zeroG("9"));
    assertThat(scene.refused(scene.contract.transactions().send(scene.provider, hidden), "NotOwner").arguments())
        .containsExactly(provider);
  }

  @Test
  void a_ledger_opens_closes_and_opens_again_in_one_transaction() {
    Receipt receipt = scene.contract.await(batcher.run(zeroG("5"), List.of(calls.deposit(zeroG("3")),
        calls.withdraw(zeroG("3")), calls.deposit(zeroG("4")))));
    assertThat(scene.logs(receipt)).extracting(each -> each.name())
        .containsExactly("Deposit", "Withdraw", "LedgerClosed", "Deposit");
    assertThat(scene.contract.views().ledger(batcher.address(), BlockRef.latest()).total()).isEqualTo(zeroG("4"));
  }

  @Test
  void all_or_nothing_and_the_reason_comes_through() {
    scene.refused(batcher.run(zeroG("5"), List.of(calls.deposit(zeroG("3")), calls.withdraw(zeroG("1")))),
        "RestBelowMinimum");
    assertThat(scene.contract.views().ledger(batcher.address(), BlockRef.latest()).open()).isFalse();
  }

  @Test
  void a_call_that_fails_without_a_reason_is_named_by_its_number() {
    Call tooDear = Call.payment(provider, zeroG("5"));
    assertThat(scene.refused(batcher.run(zeroG("1"), List.of(Call.payment(provider, zeroG("1")), tooDear)),
        "CallFailed").arguments()).containsExactly(BigInteger.ONE);
  }

  @Test
  void only_its_owner_runs_it() {
    Call run = batcher.call(Neuron.ZERO, List.of(calls.deposit(zeroG("3"))));
    assertThat(scene.refused(scene.contract.transactions().send(scene.provider, run), "NotOwner").arguments())
        .containsExactly(provider);
  }

  @Test
  void no_calls_do_nothing() {
    assertThat(scene.contract.await(batcher.run(zeroG("1"), List.of())).logs()).isEmpty();
  }
}
