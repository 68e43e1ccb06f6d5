package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.Scene.log;
import static io.neuronledger.testkit.devchain.contract.Scene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.Call;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class DepositIT {
  private static final Neuron ONE_NEURON = new Neuron(BigInteger.ONE);

  private final Scene scene = new Scene();

  @Test
  void a_ledger_opens_with_three_zero_g() {
    assertThat(scene.deposit("3")).containsExactly(log("Deposit", scene.owner, scene.owner, zeroG("3")));
    assertThat(scene.ledger()).isEqualTo(new LedgerAt(scene.owner.address(), true, zeroG("3"), zeroG("3")));
  }

  @Test
  void one_neuron_less_opens_nothing() {
    Neuron short1 = zeroG("3").minus(ONE_NEURON);
    assertThat(scene.refused(scene.contract.deposit(scene.owner, short1), "DepositBelowMinimum").arguments())
        .containsExactly(short1.value(), zeroG("3").value());
    assertThat(scene.ledger().open()).isFalse();
  }

  @Test
  void an_open_ledger_takes_any_amount_but_none() {
    scene.deposit("3");
    assertThat(scene.logs(scene.contract.deposit(scene.owner, ONE_NEURON)))
        .containsExactly(log("Deposit", scene.owner, scene.owner, ONE_NEURON));
    assertThat(scene.ledger().available()).isEqualTo(zeroG("3").plus(ONE_NEURON));
    scene.refused(scene.contract.deposit(scene.owner, Neuron.ZERO), "AmountIsZero");
  }

  @Test
  void somebody_else_pays() {
    assertThat(scene.logs(scene.contract.depositFor(scene.provider, scene.owner.address(), zeroG("4"))))
        .containsExactly(log("Deposit", scene.owner, scene.provider, zeroG("4")));
    assertThat(scene.ledger().total()).isEqualTo(zeroG("4"));
    assertThat(scene.contract.views().ledger(scene.provider.address(), BlockRef.latest()).open()).isFalse();
  }

  @Test
  void paying_for_somebody_has_the_same_limits() {
    scene.refused(scene.contract.depositFor(scene.provider, scene.owner.address(), zeroG("2.9")),
        "DepositBelowMinimum");
    scene.refused(scene.contract.depositFor(scene.provider, scene.owner.address(), Neuron.ZERO), "AmountIsZero");
    scene.refused(scene.contract.depositFor(scene.provider, WalletAddress.ZERO, zeroG("4")), "RecipientIsZero");
  }

  @Test
  void plain_transfers_are_refused() {
    Call coins = Call.payment(scene.contract.address(), zeroG("4"));
    scene.refused(scene.contract.transactions().send(scene.owner, coins), "DirectPayment");
  }
}
