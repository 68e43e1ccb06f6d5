package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static io.neuronledger.testkit.devchain.contract.Scene.log;
import static io.neuronledger.testkit.devchain.contract.Scene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.Transactions.Outgoing;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransferIT {
  private static final Neuron ONE_NEURON = new Neuron(BigInteger.ONE);

  private final Scene scene = new Scene();

  @Test
  void the_first_transfer_opens_with_one_zero_g() {
    scene.deposit("10");
    assertThat(scene.transfer("1")).containsExactly(
        log("Transfer", scene.owner, scene.provider, INFERENCE, true, zeroG("1"), Neuron.ZERO));
    assertThat(scene.state()).isEqualTo("avail 9 total 10 bal 1 pend 0 []");
    assertThat(scene.subAccount().acknowledged()).isTrue();
  }

  @Test
  void one_neuron_less_opens_nothing() {
    scene.deposit("10");
    Neuron short1 = zeroG("1").minus(ONE_NEURON);
    scene.refused(scene.contract.transfer(scene.owner, scene.provider.address(), INFERENCE, short1),
        "FirstTransferBelowMinimum");
    scene.refused(scene.contract.transfer(scene.owner, scene.provider.address(), INFERENCE, Neuron.ZERO),
        "FirstTransferBelowMinimum");
    assertThat(scene.subAccount().open()).isFalse();
  }

  @Test
  void later_transfers_have_no_minimum_not_even_zero() {
    scene.deposit("10");
    scene.transfer("1");
    assertThat(scene.transfer("0.000000000000000001")).hasSize(1);
    assertThat(scene.transfer("0")).containsExactly(
        log("Transfer", scene.owner, scene.provider, INFERENCE, true, Neuron.ZERO, Neuron.ZERO));
    assertThat(scene.state()).isEqualTo("avail 8.999999999999999999 total 10 bal 1.000000000000000001 pend 0 []");
  }

  @Test
  void it_moves_all_that_is_available_and_no_more() {
    scene.deposit("10");
    Neuron tooMuch = zeroG("10").plus(ONE_NEURON);
    assertThat(scene.refused(scene.contract.transfer(scene.owner, scene.provider.address(), INFERENCE, tooMuch),
        "InsufficientAvailable").arguments()).containsExactly(zeroG("10").value(), tooMuch.value());
    scene.transfer("10");
    assertThat(scene.state()).isEqualTo("avail 0 total 10 bal 10 pend 0 []");
  }

  @Test
  void a_transfer_cancels_the_newest_refund_first() {
    scene.deposit("10");
    scene.halve(3);
    assertThat(scene.state()).isEqualTo("avail 2 total 10 bal 8 pend 8 [4, 2, 2]");
    assertThat(scene.transfer("3")).containsExactly(
        log("Transfer", scene.owner, scene.provider, INFERENCE, true, Neuron.ZERO, zeroG("3")));
    assertThat(scene.state()).isEqualTo("avail 2 total 10 bal 8 pend 5 [4, 1]");
    assertThat(scene.transfer("1")).as("exactly the newest").hasSize(1);
    assertThat(scene.state()).isEqualTo("avail 2 total 10 bal 8 pend 4 [4]");
  }

  @Test
  void a_refund_past_its_lock_is_cancelled_just_the_same() {
    scene.deposit("10");
    scene.halve(2);
    Scene.node().increaseTime(Scene.DAY.multipliedBy(2));
    scene.transfer("5");
    assertThat(scene.state()).isEqualTo("avail 2 total 10 bal 8 pend 3 [3]");
  }

  @Test
  void a_transfer_above_the_pending_refunds_moves_the_rest() {
    scene.deposit("10");
    scene.transfer("5");
    scene.retrieve();
    assertThat(scene.transfer("7")).containsExactly(
        log("Transfer", scene.owner, scene.provider, INFERENCE, true, zeroG("2"), zeroG("5")));
    assertThat(scene.state()).isEqualTo("avail 3 total 10 bal 7 pend 0 []");
  }

  @Test
  void a_transfer_above_the_available_balance_cancels_nothing() {
    scene.deposit("10");
    scene.transfer("5");
    scene.retrieve();
    scene.refused(scene.contract.transfer(scene.owner, scene.provider.address(), INFERENCE, zeroG("10.1")),
        "InsufficientAvailable");
    assertThat(scene.state()).isEqualTo("avail 5 total 10 bal 5 pend 5 [5]");
  }

  @Test
  void fifty_providers_for_a_service_are_the_limit() {
    scene.deposit("100");
    scene.contract.transactions().sendAll(IntStream.rangeClosed(1, 49).mapToObj(i -> new Outgoing(scene.owner,
        scene.contract.calls().transfer(numbered(i), INFERENCE, zeroG("1")))).toList());
    scene.logs(scene.contract.transfer(scene.owner, numbered(50), INFERENCE, zeroG("1")));
    assertThat(scene.refused(scene.contract.transfer(scene.owner, numbered(51), INFERENCE, zeroG("1")),
        "TooManyProvidersForService").arguments()).containsExactly(INFERENCE.value(), BigInteger.valueOf(50));
    scene.logs(scene.contract.transfer(scene.owner, numbered(50), INFERENCE, zeroG("1")));
    scene.logs(scene.contract.transfer(scene.owner, numbered(51), FINE_TUNING, zeroG("1")));
    List<SubAccountAt> all = scene.contract.views().subAccountsOf(scene.owner.address(), BlockRef.latest());
    assertThat(all).hasSize(51);
    assertThat(all).extracting(each -> each.id().provider())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 51).mapToObj(TransferIT::numbered).toList());
  }

  @Test
  void a_closed_ledger_restarts_its_count_of_providers() {
    for (int round = 1; round <= 2; round++) {
      scene.deposit("100");
      scene.contract.transactions().sendAll(IntStream.rangeClosed(1, 49).mapToObj(i -> new Outgoing(scene.owner,
          scene.contract.calls().transfer(numbered(i), INFERENCE, zeroG("1")))).toList());
      scene.transfer("1");
      scene.settle("1", round);
      emptyAll();
      assertThat(scene.ledger().open()).isFalse();
    }
  }

  /** Retrieves everything in two rounds of 20, 20 and 9 providers, and withdraws it. */
  private void emptyAll() {
    List<WalletAddress> all = IntStream.rangeClosed(1, 49).mapToObj(TransferIT::numbered).toList();
    for (int round = 0; round < 2; round++) {
      for (List<WalletAddress> some : List.of(all.subList(0, 20), all.subList(20, 40), all.subList(40, 49))) {
        scene.logs(scene.contract.retrieve(scene.owner, INFERENCE, some.toArray(WalletAddress[]::new)));
      }
      Scene.node().increaseTime(Scene.DAY);
    }
    scene.logs(scene.contract.withdraw(scene.owner, scene.ledger().available()));
  }

  @Test
  void the_owner_itself_and_the_zero_address_may_be_providers() {
    scene.deposit("10");
    for (WalletAddress of : List.of(scene.owner.address(), WalletAddress.ZERO)) {
      scene.logs(scene.contract.transfer(scene.owner, of, INFERENCE, zeroG("2")));
      assertThat(scene.subAccount(of, INFERENCE).balance()).isEqualTo(zeroG("2"));
    }
    assertThat(scene.logs(scene.contract.settle(scene.owner, scene.item("0.5", 1)))).containsExactly(
        log("Settled", scene.owner, scene.owner, INFERENCE, zeroG("0.5"), zeroG("0.5"), 0, 1));
  }

  @Test
  void a_missing_ledger_and_an_unknown_service_are_refused() {
    scene.refused(scene.contract.transfer(scene.owner, scene.provider.address(), INFERENCE, zeroG("1")),
        "LedgerUnknown");
    scene.deposit("10");
    assertThat(scene.refused(scene.contract.transfer(scene.owner, scene.provider.address(),
        ServiceName.of("inference"), zeroG("1")), "ServiceUnknown").arguments()).containsExactly("inference");
  }

  private static WalletAddress numbered(int number) {
    return new WalletAddress("0x%040x".formatted(number));
  }
}
