package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static io.neuronledger.testkit.devchain.contract.Scene.DAY;
import static io.neuronledger.testkit.devchain.contract.Scene.log;
import static io.neuronledger.testkit.devchain.contract.Scene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.math.BigInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClosingIT {
  private static final Neuron ONE_NEURON = new Neuron(BigInteger.ONE);

  private final Scene scene = new Scene();

  @BeforeEach
  void ten_zero_g() {
    scene.deposit("10");
  }

  @Test
  void a_withdrawal_leaves_three_zero_g_or_nothing() {
    assertThat(scene.withdraw("7")).containsExactly(log("Withdraw", scene.owner, zeroG("7")));
    assertThat(scene.ledger().available()).isEqualTo(zeroG("3"));
    assertThat(scene.refused(scene.contract.withdraw(scene.owner, ONE_NEURON), "RestBelowMinimum").arguments())
        .containsExactly(zeroG("3").minus(ONE_NEURON).value(), zeroG("3").value());
    scene.refused(scene.contract.withdraw(scene.owner, zeroG("3").minus(ONE_NEURON)), "RestBelowMinimum");
    assertThat(scene.withdraw("3")).containsExactly(
        log("Withdraw", scene.owner, zeroG("3")), log("LedgerClosed", scene.owner));
  }

  @Test
  void a_withdrawal_above_the_available_balance_is_refused() {
    scene.transfer("4");
    assertThat(scene.refused(scene.contract.withdraw(scene.owner, zeroG("6").plus(ONE_NEURON)),
        "InsufficientAvailable").arguments()).containsExactly(zeroG("6").value(), zeroG("6").plus(ONE_NEURON).value());
  }

  @Test
  void a_ledger_with_money_in_sub_accounts_stays_open() {
    scene.transfer("4");
    assertThat(scene.withdraw("6")).containsExactly(log("Withdraw", scene.owner, zeroG("6")));
    assertThat(scene.state()).isEqualTo("avail 0 total 4 bal 4 pend 0 []");
    scene.refused(scene.contract.deleteLedger(scene.owner), "LedgerNotEmpty");
  }

  @Test
  void withdrawing_all_closes_everything_in_order() {
    DevWallet second = Scene.wallet("second");
    scene.transfer("1");
    scene.contract.await(scene.contract.transfer(scene.owner, second.address(), FINE_TUNING, zeroG("1")));
    scene.contract.await(scene.contract.transfer(scene.owner, scene.provider.address(), FINE_TUNING, zeroG("1")));
    scene.settle("1", 1);
    scene.contract.await(scene.contract.settle(second,
        new Settlement(scene.owner.address(), FINE_TUNING, zeroG("1"), 1)));
    scene.contract.await(scene.contract.retrieve(scene.owner, FINE_TUNING, scene.provider.address()));
    Scene.node().setNextBlockTime(Scene.now().plus(DAY));
    scene.contract.await(scene.contract.retrieve(scene.owner, FINE_TUNING, scene.provider.address()));

    assertThat(scene.withdraw("8")).containsExactly(log("Withdraw", scene.owner, zeroG("8")),
        log("SubAccountClosed", scene.owner, scene.provider, INFERENCE),
        log("SubAccountClosed", scene.owner, second, FINE_TUNING),
        log("SubAccountClosed", scene.owner, scene.provider, FINE_TUNING), log("LedgerClosed", scene.owner));

    assertThat(scene.ledger()).isEqualTo(new LedgerAt(scene.owner.address(), false, Neuron.ZERO, Neuron.ZERO));
    assertThat(scene.subAccount().open()).isFalse();
    assertThat(scene.subAccount().acknowledged()).isFalse();
    ContractState state = scene.contract.views().everything(BlockRef.latest());
    assertThat(state.ledgers()).isEmpty();
    assertThat(state.subAccounts()).isEmpty();
    assertThat(state.coins()).isEqualTo(Neuron.ZERO);
    scene.refused(scene.contract.withdraw(scene.owner, Neuron.ZERO), "LedgerUnknown");
  }

  @Test
  void an_opened_again_sub_account_keeps_its_nonce() {
    scene.transfer("1");
    scene.settle("1", 5);
    scene.withdraw("9");
    assertThat(scene.subAccount().nonce()).isEqualTo(5);

    scene.deposit("10");
    scene.refused(scene.contract.transfer(scene.owner, scene.provider.address(), INFERENCE, zeroG("0.5")),
        "FirstTransferBelowMinimum");
    scene.transfer("1");
    assertThat(scene.settle("1", 5)).containsExactly(
        log("Settled", scene.owner, scene.provider, INFERENCE, zeroG("1"), Neuron.ZERO, 4, 5));
    assertThat(scene.settle("1", 6)).containsExactly(
        log("Settled", scene.owner, scene.provider, INFERENCE, zeroG("1"), zeroG("1"), 0, 6));
  }

  @Test
  void withdrawing_zero_is_allowed_where_the_rest_is_valid() {
    assertThat(scene.withdraw("0")).containsExactly(log("Withdraw", scene.owner, Neuron.ZERO));
    scene.transfer("8");
    scene.refused(scene.contract.withdraw(scene.owner, Neuron.ZERO), "RestBelowMinimum");
    scene.transfer("2");
    assertThat(scene.withdraw("0")).hasSize(1);
    scene.settle("10", 1);
    assertThat(scene.withdraw("0")).containsExactly(log("Withdraw", scene.owner, Neuron.ZERO),
        log("SubAccountClosed", scene.owner, scene.provider, INFERENCE), log("LedgerClosed", scene.owner));
  }

  @Test
  void a_ledger_that_was_all_settled_can_be_deleted() {
    scene.transfer("10");
    scene.settle("10", 1);
    assertThat(scene.logs(scene.contract.deleteLedger(scene.owner))).containsExactly(
        log("SubAccountClosed", scene.owner, scene.provider, INFERENCE), log("LedgerClosed", scene.owner));
    scene.refused(scene.contract.deleteLedger(scene.owner), "LedgerUnknown");
  }

  @Test
  void only_an_empty_sub_account_can_be_unacknowledged() {
    scene.refused(acknowledge(true), "SubAccountUnknown");
    scene.transfer("1");
    assertThat(scene.logs(acknowledge(true))).as("already acknowledged, by the transfer").isEmpty();
    assertThat(scene.refused(acknowledge(false), "SubAccountNotEmpty").arguments())
        .containsExactly(zeroG("1").value());
    scene.settle("1", 1);
    assertThat(scene.logs(acknowledge(false))).containsExactly(
        log("ProviderAcknowledged", scene.owner, scene.provider, INFERENCE, false));
    assertThat(scene.subAccount().acknowledged()).isFalse();
    assertThat(scene.contract.views().acknowledged(scene.subAccount().id(), BlockRef.latest())).isFalse();
    assertThat(scene.logs(acknowledge(false))).isEmpty();
    assertThat(scene.logs(acknowledge(true))).containsExactly(
        log("ProviderAcknowledged", scene.owner, scene.provider, INFERENCE, true));
    assertThat(scene.contract.views().acknowledged(scene.subAccount().id(), BlockRef.latest())).isTrue();
  }

  private Hash acknowledge(boolean accepted) {
    return scene.contract.acknowledge(scene.owner, scene.provider.address(), INFERENCE, accepted);
  }
}
