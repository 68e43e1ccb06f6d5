package io.neuronledger.testkit.devchain.pool;

import static io.neuronledger.testkit.devchain.pool.PoolScene.ONE;
import static io.neuronledger.testkit.devchain.pool.PoolScene.OPERATOR;
import static io.neuronledger.testkit.devchain.pool.PoolScene.TRANCHE;
import static io.neuronledger.testkit.devchain.pool.PoolScene.log;
import static io.neuronledger.testkit.devchain.pool.PoolScene.neuron;
import static io.neuronledger.testkit.devchain.pool.PoolScene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.Call;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RouterPoolIT {
  private final PoolScene scene = new PoolScene();
  private final RouterPoolContract pool = scene.pool;

  @Test
  void a_pull_becomes_deposit_and_a_charge_takes_it() {
    scene.send(scene.owner, scene.vault.deposit(zeroG("1")));
    assertThat(scene.operate(pool.pull(List.of(scene.pull(zeroG("0.5"))))))
        .containsExactly(log("Released", scene.owner, pool.address(), zeroG("0.5"), TRANCHE));
    assertThat(scene.operate(pool.charge(List.of(scene.charge(zeroG("0.5"), 1))))).containsExactly(log("Charged",
        scene.owner, scene.provider, zeroG("0.5"), Neuron.ZERO, zeroG("0.5"), Neuron.ZERO, 1));
    assertThat(scene.account()).isEqualTo(account("0", "0", "0", 1));
    assertThat(scene.payable()).isEqualTo(zeroG("0.5"));
    booksMatchTheCoins(scene);
  }

  @Test
  void credit_is_taken_first_then_the_deposit_and_the_rest_is_owed() {
    scene.send(scene.owner, scene.vault.deposit(zeroG("1")));
    scene.operate(pool.pull(List.of(scene.pull(zeroG("0.5")))));
    assertThat(scene.operate(pool.grant(scene.owner.address(), zeroG("0.2"))))
        .containsExactly(log("Granted", scene.owner, zeroG("0.2")));
    assertThat(scene.operate(pool.charge(List.of(scene.charge(zeroG("1"), 7))))).containsExactly(log("Charged",
        scene.owner, scene.provider, zeroG("1"), zeroG("0.2"), zeroG("0.5"), zeroG("0.3"), 7));
    assertThat(scene.account()).isEqualTo(account("0", "0", "0.3", 7));
    booksMatchTheCoins(scene);
  }

  @Test
  void or_the_deposit_first_where_it_was_deployed_so() {
    PoolScene other = new PoolScene(false, false);
    other.send(other.owner, other.vault.deposit(zeroG("1")));
    other.operate(other.pool.pull(List.of(other.pull(zeroG("0.5")))));
    other.operate(other.pool.grant(other.owner.address(), zeroG("0.2")));
    assertThat(other.operate(other.pool.charge(List.of(other.charge(zeroG("0.6"), 1))))).containsExactly(log("Charged",
        other.owner, other.provider, zeroG("0.6"), zeroG("0.1"), zeroG("0.5"), Neuron.ZERO, 1));
    booksMatchTheCoins(other);
  }

  @Test
  void a_pull_clears_what_is_owed_first() {
    scene.operate(pool.charge(List.of(scene.charge(zeroG("0.3"), 1))));
    assertThat(scene.account()).isEqualTo(account("0", "0", "0.3", 1));
    scene.send(scene.owner, scene.vault.deposit(zeroG("1")));
    assertThat(scene.operate(pool.pull(List.of(scene.pull(zeroG("0.1")), scene.pull(zeroG("0.5")))))).containsExactly(
        log("Released", scene.owner, pool.address(), zeroG("0.1"), TRANCHE),
        log("DebtCleared", scene.owner, zeroG("0.1")),
        log("Released", scene.owner, pool.address(), zeroG("0.5"), TRANCHE),
        log("DebtCleared", scene.owner, zeroG("0.2")));
    assertThat(scene.account()).isEqualTo(account("0.3", "0", "0", 1));
    booksMatchTheCoins(scene);
  }

  @Test
  void a_provider_is_paid_what_is_payable_and_covered_by_coins_of_charges() {
    scene.send(scene.owner, scene.vault.deposit(zeroG("1")));
    scene.operate(pool.pull(List.of(scene.pull(zeroG("0.5")))));
    scene.operate(pool.charge(List.of(scene.charge(zeroG("0.4"), 1))));
    assertThat(scene.refused(OPERATOR, pool.payProvider(scene.provider.address(), zeroG("0.4").plus(ONE)),
        "InsufficientPayable").arguments()).containsExactly(zeroG("0.4").value(), zeroG("0.4").plus(ONE).value());
    scene.refused(OPERATOR, pool.payProvider(scene.provider.address(), Neuron.ZERO), "AmountIsZero");
    assertThat(scene.operate(pool.payProvider(scene.provider.address(), zeroG("0.4"))))
        .containsExactly(log("ProviderPaid", scene.provider, zeroG("0.4"), 1));
    assertThat(scene.coinsOf(scene.provider)).isEqualTo(zeroG("0.4"));

    scene.operate(pool.charge(List.of(scene.charge(zeroG("0.3"), 2))));
    assertThat(scene.account()).isEqualTo(account("0", "0", "0.2", 2));
    assertThat(scene.refused(OPERATOR, pool.payProvider(scene.provider.address(), zeroG("0.1").plus(ONE)),
        "PayableNotCovered").arguments()).containsExactly(zeroG("0.1").value(), zeroG("0.1").plus(ONE).value());
    assertThat(scene.operate(pool.payProvider(scene.provider.address(), zeroG("0.1"))))
        .containsExactly(log("ProviderPaid", scene.provider, zeroG("0.1"), 2));
    assertThat(scene.payable()).isEqualTo(zeroG("0.2"));
    booksMatchTheCoins(scene);
  }

  @Test
  void a_deposit_goes_back_to_the_vault() {
    scene.send(scene.owner, scene.vault.deposit(zeroG("1")));
    scene.operate(pool.pull(List.of(scene.pull(zeroG("0.5")))));
    assertThat(scene.refused(OPERATOR, pool.giveBack(scene.owner.address(), zeroG("0.5").plus(ONE)),
        "InsufficientDeposit").arguments()).containsExactly(zeroG("0.5").value(), zeroG("0.5").plus(ONE).value());
    assertThat(scene.operate(pool.giveBack(scene.owner.address(), zeroG("0.5"))))
        .containsExactly(log("Returned", scene.owner, pool.address(), zeroG("0.5")));
    assertThat(scene.inVault()).isEqualTo(zeroG("1"));
    booksMatchTheCoins(scene);
  }

  @Test
  void a_batch_has_one_to_fifty_items_and_is_all_or_nothing() {
    scene.refused(OPERATOR, pool.charge(List.of()), "BatchEmpty");
    scene.refused(OPERATOR, pool.pull(List.of()), "BatchEmpty");
    List<Charge> fifty = LongStream.rangeClosed(1, 50).mapToObj(nonce -> scene.charge(ONE, nonce)).toList();
    assertThat(scene.operate(pool.charge(fifty))).hasSize(50);
    List<Charge> more = LongStream.rangeClosed(51, 101).mapToObj(nonce -> scene.charge(ONE, nonce)).toList();
    assertThat(scene.refused(OPERATOR, pool.charge(more), "BatchTooLarge").arguments())
        .containsExactly(BigInteger.valueOf(51), BigInteger.valueOf(50));
    scene.refused(OPERATOR, pool.pull(Collections.nCopies(51, scene.pull(ONE))), "BatchTooLarge");
    scene.refused(OPERATOR, pool.charge(List.of(scene.charge(ONE, 51), scene.charge(ONE, 51))), "OldNonce");
    scene.refused(OPERATOR, pool.charge(List.of(scene.charge(ONE, 51), scene.charge(Neuron.ZERO, 52))),
        "AmountIsZero");
    assertThat(scene.account().owed()).isEqualTo(neuron("50"));
  }

  @Test
  void only_the_operator_acts_and_coins_come_from_the_vault() {
    for (Call each : List.of(pool.pull(List.of(scene.pull(ONE))), pool.giveBack(scene.owner.address(), ONE),
        pool.grant(scene.owner.address(), ONE), pool.charge(List.of(scene.charge(ONE, 1))),
        pool.payProvider(scene.provider.address(), ONE))) {
      scene.refused(scene.owner, each, "NotOperator");
    }
    scene.refused(OPERATOR, pool.grant(scene.owner.address(), Neuron.ZERO), "AmountIsZero");
    scene.refused(OPERATOR, pool.grant(WalletAddress.ZERO, ONE), "RecipientIsZero");
    scene.refused(scene.owner, Call.payment(pool.address(), ONE), "DirectPayment");
  }

  /** The network's published example of a price, and watermarks of 0.1 and 0.5 0G. */
  @Test
  void the_first_request_is_deferred_and_the_first_tranche_clears_it() {
    Neuron fee = neuron("1935800000000000");
    scene.send(scene.owner, scene.vault.deposit(zeroG("2")));
    scene.operate(pool.charge(List.of(scene.charge(fee, 1))));
    assertThat(scene.account().owed()).isEqualTo(fee);
    assertThat(total()).isEqualTo(neuron("1998064200000000000"));
    Neuron toHighWatermark = zeroG("0.5").plus(fee);
    assertThat(toHighWatermark).isEqualTo(neuron("501935800000000000"));
    scene.operate(pool.pull(List.of(scene.pull(toHighWatermark))));
    assertThat(scene.account()).isEqualTo(account("0.5", "0", "0", 1));
    assertThat(scene.inVault()).isEqualTo(neuron("1498064200000000000"));
    assertThat(total()).isEqualTo(neuron("1998064200000000000"));
    booksMatchTheCoins(scene);
  }

  private Neuron total() {
    PoolAccountAt account = scene.account();
    return scene.inVault().plus(account.deposit()).plus(account.credit()).minus(account.owed());
  }

  private static PoolAccountAt account(String deposit, String credit, String owed, long nonce) {
    return new PoolAccountAt(zeroG(deposit), zeroG(credit), zeroG(owed), BigInteger.valueOf(nonce));
  }

  private static void booksMatchTheCoins(PoolScene scene) {
    BlockRef now = BlockRef.latest();
    assertThat(scene.pool.totals(now).coins()).isEqualTo(scene.pool.coins(now));
    assertThat(scene.inVault()).isEqualTo(scene.vault.coins(now));
  }
}
