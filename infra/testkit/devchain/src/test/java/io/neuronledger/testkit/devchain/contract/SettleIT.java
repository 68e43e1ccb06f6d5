package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static io.neuronledger.testkit.devchain.contract.Scene.DAY;
import static io.neuronledger.testkit.devchain.contract.Scene.log;
import static io.neuronledger.testkit.devchain.contract.Scene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.devchain.transaction.ContractAbi.Decoded;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettleIT {
  private static final int SUCCESS = 0;
  private static final int PARTIAL = 1;
  private static final int NOT_ACKNOWLEDGED = 3;
  private static final int OLD_NONCE = 4;
  private static final int UNKNOWN = 5;

  private final Scene scene = new Scene();

  @BeforeEach
  void ten_zero_g() {
    scene.deposit("10");
  }

  @Test
  void the_provider_gets_what_it_asks() {
    scene.transfer("5");
    assertThat(scene.settle("2", 7)).containsExactly(settled("2", "2", SUCCESS, 7));
    assertThat(scene.state()).isEqualTo("avail 5 total 8 bal 3 pend 0 []");
    assertThat(scene.subAccount().nonce()).isEqualTo(7);
  }

  @Test
  void exactly_the_balance_is_a_success_and_one_neuron_more_is_partial() {
    scene.transfer("5");
    assertThat(scene.settle("3", 1)).containsExactly(settled("3", "3", SUCCESS, 1));
    assertThat(scene.settle("2.000000000000000001", 2))
        .containsExactly(settled("2.000000000000000001", "2", PARTIAL, 2));
    assertThat(scene.settle("1", 3)).as("nothing is left").containsExactly(settled("1", "0", PARTIAL, 3));
    assertThat(scene.settle("0", 4)).as("nothing is asked").containsExactly(settled("0", "0", SUCCESS, 4));
    assertThat(scene.state()).isEqualTo("avail 5 total 5 bal 0 pend 0 []");
  }

  @Test
  void an_old_nonce_is_rejected_without_a_revert() {
    scene.transfer("5");
    scene.settle("1", 5);
    assertThat(scene.settle("1", 5)).containsExactly(settled("1", "0", OLD_NONCE, 5));
    assertThat(scene.settle("1", 4)).containsExactly(settled("1", "0", OLD_NONCE, 4));
    assertThat(scene.settle("1", 0)).containsExactly(settled("1", "0", OLD_NONCE, 0));
    assertThat(scene.settle("1", 6)).containsExactly(settled("1", "1", SUCCESS, 6));
    assertThat(scene.subAccount().balance()).isEqualTo(zeroG("3"));
  }

  @Test
  void the_largest_nonce_is_the_last() {
    scene.transfer("5");
    BigInteger largest = Neuron.MAX.value();
    scene.contract.await(scene.contract.settle(scene.provider,
        new Settlement(scene.owner.address(), INFERENCE, zeroG("1"), largest)));
    assertThat(scene.subAccount().nonce()).isEqualTo(largest);
  }

  @Test
  void the_largest_amount_takes_the_balance_and_overflows_nothing() {
    scene.transfer("5");
    Settlement all = new Settlement(scene.owner.address(), INFERENCE, Neuron.MAX, 1);
    assertThat(scene.logs(scene.contract.settle(scene.provider, all))).containsExactly(
        log("Settled", scene.owner, scene.provider, INFERENCE, Neuron.MAX, zeroG("5"), PARTIAL, 1));
  }

  @Test
  void a_settlement_consumes_the_newest_refund_first_even_if_the_oldest_is_past_its_lock() {
    scene.halve(3);
    Scene.node().increaseTime(DAY);
    scene.settle("3", 1);
    assertThat(scene.state()).isEqualTo("avail 2 total 7 bal 5 pend 5 [4, 1]");
  }

  @Test
  void the_free_part_goes_before_any_refund() {
    scene.transfer("4");
    scene.retrieve();
    scene.transfer("5");
    scene.retrieve();
    scene.transfer("2");
    assertThat(scene.state()).isEqualTo("avail 5 total 10 bal 5 pend 3 [3]");
    scene.settle("2", 1);
    assertThat(scene.state()).isEqualTo("avail 5 total 8 bal 3 pend 3 [3]");
    scene.settle("0.5", 2);
    assertThat(scene.state()).isEqualTo("avail 5 total 7.5 bal 2.5 pend 2.5 [2.5]");
  }

  @Test
  void one_owner_may_occur_twice_in_a_batch() {
    scene.transfer("5");
    assertThat(scene.logs(scene.contract.settle(scene.provider, scene.item("2", 1), scene.item("4", 2),
        scene.item("1", 2), scene.item("1", 3)))).containsExactly(settled("2", "2", SUCCESS, 1),
            settled("4", "3", PARTIAL, 2), settled("1", "0", OLD_NONCE, 2), settled("1", "0", PARTIAL, 3));
  }

  @Test
  void a_batch_is_paid_in_one_transfer() {
    DevWallet other = Scene.wallet("other owner");
    scene.transfer("5");
    scene.contract.await(scene.contract.deposit(other, zeroG("3")));
    scene.contract.await(scene.contract.transfer(other, scene.provider.address(), FINE_TUNING, zeroG("2")));
    Neuron before = coins(scene.provider);
    var receipt = scene.contract.await(scene.contract.settle(scene.provider, scene.item("1.5", 1),
        new Settlement(other.address(), FINE_TUNING, zeroG("9"), 1)));
    assertThat(scene.logs(receipt)).containsExactly(settled("1.5", "1.5", SUCCESS, 1),
        log("Settled", other, scene.provider, FINE_TUNING, zeroG("9"), zeroG("2"), PARTIAL, 1));
    assertThat(receipt.logs()).hasSize(2);
    Neuron gas = new Neuron(fee(receipt.transaction()).multiply(BigInteger.valueOf(receipt.gasUsed())));
    assertThat(coins(scene.provider)).isEqualTo(before.plus(zeroG("3.5")).minus(gas));
  }

  @Test
  void an_unknown_owner_provider_or_service_is_a_status_not_a_revert() {
    scene.transfer("5");
    ServiceName none = ServiceName.of("none");
    DevWallet stranger = Scene.wallet("stranger");
    assertThat(scene.logs(scene.contract.settle(scene.provider,
        new Settlement(stranger.address(), INFERENCE, zeroG("1"), 1),
        new Settlement(scene.owner.address(), FINE_TUNING, zeroG("1"), 1),
        new Settlement(scene.owner.address(), none, zeroG("1"), 1)))).containsExactly(
            log("Settled", stranger, scene.provider, INFERENCE, zeroG("1"), Neuron.ZERO, UNKNOWN, 1),
            log("Settled", scene.owner, scene.provider, FINE_TUNING, zeroG("1"), Neuron.ZERO, UNKNOWN, 1),
            log("Settled", scene.owner, scene.provider, none, zeroG("1"), Neuron.ZERO, UNKNOWN, 1));
    assertThat(scene.logs(scene.contract.settle(stranger, scene.item("1", 1)))).containsExactly(
        log("Settled", scene.owner, stranger, INFERENCE, zeroG("1"), Neuron.ZERO, UNKNOWN, 1));
    assertThat(scene.subAccount().balance()).isEqualTo(zeroG("5"));
  }

  @Test
  void a_provider_no_longer_acknowledged_gets_nothing_until_the_next_transfer() {
    scene.transfer("5");
    scene.settle("5", 1);
    scene.contract.await(scene.contract.acknowledge(scene.owner, scene.provider.address(), INFERENCE, false));
    assertThat(scene.settle("1", 1)).as("checked before the nonce")
        .containsExactly(settled("1", "0", NOT_ACKNOWLEDGED, 1));
    scene.transfer("1");
    assertThat(scene.settle("1", 2)).containsExactly(settled("1", "1", SUCCESS, 2));
  }

  @Test
  void a_batch_has_one_to_fifty_items() {
    scene.transfer("5");
    List<Settlement> fifty = IntStream.rangeClosed(1, 50).mapToObj(i -> scene.item("0.1", i)).toList();
    assertThat(scene.logs(scene.contract.settle(scene.provider, fifty))).hasSize(50);
    assertThat(scene.subAccount().balance()).isEqualTo(Neuron.ZERO);
    scene.refused(scene.contract.settle(scene.provider, List.of()), "NoSettlements");
    scene.refused(scene.contract.settle(scene.provider, Collections.nCopies(51, scene.item("1", 99))),
        "TooManySettlements");
  }

  @Test
  void a_settlement_that_empties_a_ledger_does_not_close_it() {
    scene.transfer("10");
    scene.settle("10", 1);
    assertThat(scene.ledger()).isEqualTo(new LedgerAt(scene.owner.address(), true, Neuron.ZERO, Neuron.ZERO));
    assertThat(scene.subAccount().open()).isTrue();
  }

  @Test
  void a_provider_that_takes_no_coins_settles_nothing() {
    // The contract refuses plain transfers, so it is the provider itself.
    WalletAddress contract = scene.contract.address();
    scene.contract.await(scene.contract.transfer(scene.owner, contract, INFERENCE, zeroG("5")));
    Scene.node().setBalance(contract, zeroG("20"));
    Hash sent = Scene.node().sendAs(contract, contract, Neuron.ZERO,
        scene.contract.calls().settle(List.of(scene.item("1", 1))).data());
    assertThat(scene.refused(sent, "PaymentFailed").arguments()).containsExactly(contract, zeroG("1").value());
    assertThat(scene.subAccount(contract, INFERENCE).balance()).isEqualTo(zeroG("5"));
  }

  private Decoded settled(String asked, String amount, int status, int nonce) {
    return log("Settled", scene.owner, scene.provider, INFERENCE, zeroG(asked), zeroG(amount), status, nonce);
  }

  private Neuron coins(DevWallet wallet) {
    return new Neuron(Quantity.toBigInteger(scene.contract.transactions().rpc()
        .call("eth_getBalance", wallet.address().toString(), "latest").asString()));
  }

  private BigInteger fee(Hash transaction) {
    return Quantity.toBigInteger(scene.contract.transactions().rpc()
        .call("eth_getTransactionReceipt", transaction.toString()).path("effectiveGasPrice").asString());
  }
}
