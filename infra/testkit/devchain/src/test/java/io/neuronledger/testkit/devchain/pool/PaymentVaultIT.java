package io.neuronledger.testkit.devchain.pool;

import static io.neuronledger.testkit.devchain.pool.PoolScene.ONE;
import static io.neuronledger.testkit.devchain.pool.PoolScene.OPERATOR;
import static io.neuronledger.testkit.devchain.pool.PoolScene.PULL_MAX;
import static io.neuronledger.testkit.devchain.pool.PoolScene.TRANCHE;
import static io.neuronledger.testkit.devchain.pool.PoolScene.log;
import static io.neuronledger.testkit.devchain.pool.PoolScene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentVaultIT {
  private final PoolScene scene = new PoolScene();
  private final PaymentVaultContract vault = scene.vault;
  private final DevWallet app = PoolScene.wallet("app");

  @Test
  void an_owner_or_somebody_else_deposits() {
    assertThat(scene.send(scene.owner, vault.deposit(ONE)))
        .containsExactly(log("Deposited", scene.owner, scene.owner, ONE));
    assertThat(scene.send(app, vault.depositFor(scene.owner.address(), zeroG("2"))))
        .containsExactly(log("Deposited", scene.owner, app, zeroG("2")));
    assertThat(scene.inVault()).isEqualTo(zeroG("2").plus(ONE)).isEqualTo(vault.coins(BlockRef.latest()));
    assertThat(vault.owners(BlockRef.latest())).containsExactly(scene.owner.address());
  }

  @Test
  void nothing_and_nobody_are_refused() {
    scene.refused(scene.owner, vault.deposit(Neuron.ZERO), "AmountIsZero");
    scene.refused(scene.owner, vault.depositFor(WalletAddress.ZERO, ONE), "RecipientIsZero");
    scene.refused(scene.owner, Call.payment(vault.address(), ONE), "DirectPayment");
    scene.refused(scene.owner, vault.requestWithdrawal(Neuron.ZERO), "AmountIsZero");
    scene.refused(scene.owner, vault.withdraw(), "NoWithdrawal");
    scene.refused(scene.owner, vault.cancelWithdrawal(), "NoWithdrawal");
  }

  @Test
  void an_app_pulls_up_to_its_maximum_and_the_balance() {
    scene.send(scene.owner, vault.deposit(PULL_MAX.plus(ONE)));
    scene.refused(app, vault.release(scene.owner.address(), ONE, TRANCHE), "AppNotAllowed");
    assertThat(scene.operate(vault.setApp(app.address(), true, PULL_MAX)))
        .containsExactly(log("AppSet", app, true, PULL_MAX));
    assertThat(scene.operate(vault.setApp(app.address(), true, PULL_MAX))).as("no change").isEmpty();
    assertThat(scene.refused(app, vault.release(scene.owner.address(), PULL_MAX.plus(ONE), TRANCHE),
        "PullAboveMaximum").arguments()).containsExactly(PULL_MAX.plus(ONE).value(), PULL_MAX.value());
    scene.refused(app, vault.release(scene.owner.address(), Neuron.ZERO, TRANCHE), "AmountIsZero");
    assertThat(scene.send(app, vault.release(scene.owner.address(), PULL_MAX, TRANCHE)))
        .containsExactly(log("Released", scene.owner, app, PULL_MAX, TRANCHE));
    assertThat(scene.refused(app, vault.release(scene.owner.address(), ONE.plus(ONE), TRANCHE),
        "InsufficientBalance").arguments()).containsExactly(ONE.value(), ONE.plus(ONE).value());
    scene.send(app, vault.release(scene.owner.address(), ONE, TRANCHE));
    assertThat(scene.inVault()).isEqualTo(Neuron.ZERO).isEqualTo(vault.coins(BlockRef.latest()));
    scene.operate(vault.setApp(app.address(), false, Neuron.ZERO));
    scene.refused(app, vault.giveBack(scene.owner.address(), ONE), "AppNotAllowed");
  }

  @Test
  void an_app_gives_back() {
    scene.operate(vault.setApp(app.address(), true, PULL_MAX));
    scene.refused(app, vault.giveBack(scene.owner.address(), Neuron.ZERO), "AmountIsZero");
    assertThat(scene.send(app, vault.giveBack(scene.owner.address(), zeroG("0.5"))))
        .containsExactly(log("Returned", scene.owner, app, zeroG("0.5")));
    assertThat(scene.inVault()).isEqualTo(zeroG("0.5"));
  }

  @Test
  void a_requested_withdrawal_waits_for_its_delay_and_is_kept_from_apps() {
    scene.operate(vault.setApp(app.address(), true, PULL_MAX));
    scene.operate(vault.setDelay(Duration.ofHours(24)));
    scene.send(scene.owner, vault.deposit(PULL_MAX));
    Instant asked = PoolScene.now().plusSeconds(10);
    Instant unlocks = asked.plus(Duration.ofHours(24));
    PoolScene.nextBlockAt(asked);
    assertThat(scene.send(scene.owner, vault.requestWithdrawal(zeroG("0.6"))))
        .containsExactly(log("WithdrawalRequested", scene.owner, zeroG("0.6"), unlocks));
    assertThat(vault.pendingWithdrawal(scene.owner.address(), BlockRef.latest()))
        .contains(new PendingWithdrawal(zeroG("0.6"), unlocks));
    assertThat(scene.refused(scene.owner, vault.requestWithdrawal(ONE), "WithdrawalPending").arguments())
        .containsExactly(zeroG("0.6").value());
    assertThat(scene.refused(app, vault.release(scene.owner.address(), zeroG("0.4").plus(ONE), TRANCHE),
        "InsufficientBalance").arguments()).containsExactly(zeroG("0.4").value(), zeroG("0.4").plus(ONE).value());
    scene.send(app, vault.release(scene.owner.address(), zeroG("0.4"), TRANCHE));

    PoolScene.nextBlockAt(unlocks.minusSeconds(1));
    scene.refused(scene.owner, vault.withdraw(), "WithdrawalLocked");
    PoolScene.nextBlockAt(unlocks);
    assertThat(scene.send(scene.owner, vault.withdraw()))
        .containsExactly(log("Withdrawn", scene.owner, zeroG("0.6")));
    assertThat(scene.inVault()).isEqualTo(Neuron.ZERO).isEqualTo(vault.coins(BlockRef.latest()));
    assertThat(vault.pendingWithdrawal(scene.owner.address(), BlockRef.latest())).isEmpty();
  }

  @Test
  void a_cancelled_withdrawal_is_there_for_apps_again() {
    scene.operate(vault.setApp(app.address(), true, PULL_MAX));
    scene.send(scene.owner, vault.deposit(ONE));
    assertThat(scene.refused(scene.owner, vault.requestWithdrawal(ONE.plus(ONE)), "InsufficientBalance").arguments())
        .containsExactly(ONE.value(), ONE.plus(ONE).value());
    scene.send(scene.owner, vault.requestWithdrawal(ONE));
    assertThat(scene.send(scene.owner, vault.cancelWithdrawal()))
        .containsExactly(log("WithdrawalCancelled", scene.owner, ONE));
    scene.send(app, vault.release(scene.owner.address(), ONE, TRANCHE));
  }

  @Test
  void without_a_delay_the_next_transaction_withdraws() {
    scene.send(scene.owner, vault.deposit(ONE));
    scene.send(scene.owner, vault.requestWithdrawal(ONE));
    assertThat(scene.send(scene.owner, vault.withdraw())).containsExactly(log("Withdrawn", scene.owner, ONE));
  }

  @Test
  void only_the_contracts_owner_sets_apps_and_a_delay_of_at_most_thirty_days() {
    scene.refused(scene.owner, vault.setApp(app.address(), true, ONE), "NotContractOwner");
    scene.refused(scene.owner, vault.setDelay(Duration.ZERO), "NotContractOwner");
    scene.refused(OPERATOR, vault.setDelay(Duration.ofDays(30).plusSeconds(1)), "DelayAboveMaximum");
    assertThat(scene.operate(vault.setDelay(Duration.ofDays(30)))).containsExactly(log("DelaySet", 30 * 86_400));
    assertThat(scene.operate(vault.setDelay(Duration.ofDays(30)))).as("no change").isEmpty();
  }

  @Test
  void a_silent_vault_has_the_same_balances_and_no_logs() {
    PoolScene silent = new PoolScene(true, true);
    for (Call each : List.of(silent.vault.deposit(zeroG("3")), silent.vault.requestWithdrawal(zeroG("1")),
        silent.vault.cancelWithdrawal(), silent.vault.requestWithdrawal(zeroG("0.5")), silent.vault.withdraw())) {
      assertThat(silent.send(silent.owner, each)).isEmpty();
    }
    assertThat(silent.operate(silent.vault.setDelay(Duration.ofHours(1)))).isEmpty();
    assertThat(silent.operate(silent.pool.pull(List.of(silent.pull(zeroG("1")))))).isEmpty();
    assertThat(silent.operate(silent.pool.giveBack(silent.owner.address(), zeroG("0.25")))).isEmpty();
    assertThat(silent.inVault()).isEqualTo(zeroG("1.75")).isEqualTo(silent.vault.coins(BlockRef.latest()));
  }
}
