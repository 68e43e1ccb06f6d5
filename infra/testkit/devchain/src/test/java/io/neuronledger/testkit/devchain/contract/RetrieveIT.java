package io.neuronledger.testkit.devchain.contract;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static io.neuronledger.testkit.devchain.contract.Scene.DAY;
import static io.neuronledger.testkit.devchain.contract.Scene.log;
import static io.neuronledger.testkit.devchain.contract.Scene.zeroG;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.transaction.ContractAbi;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetrieveIT {
  private final Scene scene = new Scene();

  @BeforeEach
  void ten_zero_g() {
    scene.deposit("10");
  }

  @Test
  void the_whole_free_part_becomes_one_refund() {
    scene.transfer("4");
    var logs = scene.retrieve();
    Instant asked = Scene.now();
    assertThat(logs).containsExactly(
        log("RefundRequested", scene.owner, scene.provider, INFERENCE, zeroG("4"), asked.plus(DAY)));
    assertThat(scene.subAccount().refunds()).containsExactly(new RefundAt(zeroG("4"), asked));
  }

  @Test
  void the_lock_ends_at_the_exact_second() {
    scene.transfer("4");
    scene.retrieve();
    Instant asked = Scene.now();
    assertThat(scene.retrieveAt(asked.plus(DAY).minusSeconds(1))).isEmpty();
    assertThat(scene.state()).isEqualTo("avail 6 total 10 bal 4 pend 4 [4]");
    assertThat(scene.retrieveAt(asked.plus(DAY))).containsExactly(
        log("Transfer", scene.owner, scene.provider, INFERENCE, false, zeroG("4"), Neuron.ZERO));
    assertThat(scene.state()).isEqualTo("avail 10 total 10 bal 0 pend 0 []");
  }

  @Test
  void no_change_emits_no_log() {
    scene.transfer("4");
    scene.retrieve();
    assertThat(scene.retrieve()).as("all is pending already").isEmpty();
    assertThat(retrieve(Scene.wallet("stranger"))).as("no such sub-account").isEmpty();
    assertThat(scene.logs(scene.contract.retrieve(scene.owner, INFERENCE))).as("no provider").isEmpty();
    scene.retrieveAt(Scene.now().plus(DAY));
    assertThat(scene.retrieve()).as("an empty sub-account").isEmpty();
    assertThat(scene.subAccount().open()).isTrue();
  }

  @Test
  void a_provider_named_twice_is_processed_once() {
    scene.transfer("4");
    assertThat(retrieve(scene.provider, scene.provider)).hasSize(1);
    assertThat(scene.state()).isEqualTo("avail 6 total 10 bal 4 pend 4 [4]");
  }

  @Test
  void one_call_completes_old_refunds_and_requests_the_rest() {
    scene.transfer("4");
    scene.retrieve();
    Instant first = Scene.now();
    scene.transfer("1");
    Scene.node().increaseTime(Duration.ofHours(1));
    scene.retrieve();
    Instant second = Scene.now();
    scene.transfer("0.25");
    Instant now = first.plus(DAY);
    assertThat(scene.retrieveAt(now)).containsExactly(
        log("Transfer", scene.owner, scene.provider, INFERENCE, false, zeroG("3"), Neuron.ZERO),
        log("RefundRequested", scene.owner, scene.provider, INFERENCE, zeroG("0.25"), now.plus(DAY)));
    assertThat(scene.subAccount().refunds())
        .containsExactly(new RefundAt(zeroG("0.75"), second), new RefundAt(zeroG("0.25"), now));
    assertThat(scene.state()).isEqualTo("avail 9 total 10 bal 1 pend 1 [0.75, 0.25]");
  }

  @Test
  void while_an_old_refund_unlocks_the_others_keep_their_time() {
    scene.halve(2);
    Instant asked = scene.subAccount().refunds().getFirst().requestedAt();
    Scene.node().setNextBlockTime(asked.plus(Duration.ofHours(2)));
    scene.transfer("1");
    scene.retrieve();
    assertThat(scene.retrieveAt(asked.plus(DAY))).extracting(each -> each.name())
        .containsExactly("Transfer");
    assertThat(scene.subAccount().refunds()).extracting(RefundAt::requestedAt)
        .doesNotContain(asked).isSorted();
  }

  @Test
  void a_sixth_refund_reverts_the_whole_call() {
    DevWallet other = Scene.wallet("other provider");
    scene.contract.await(scene.contract.transfer(scene.owner, other.address(), INFERENCE, zeroG("1")));
    scene.halve(5);
    assertThat(scene.state()).isEqualTo("avail 1 total 10 bal 8 pend 8 [4, 2, 1, 0.5, 0.5]");
    scene.transfer("0.25");
    var refusal = scene.refused(
        scene.contract.retrieve(scene.owner, INFERENCE, other.address(), scene.provider.address()),
        "TooManyRefunds");
    assertThat(refusal.arguments())
        .containsExactly(scene.provider.address(), INFERENCE.value(), BigInteger.valueOf(5));
    assertThat(scene.subAccount(other.address(), INFERENCE).pendingRefund())
        .as("the first provider's part is undone too").isEqualTo(Neuron.ZERO);
    assertThat(retrieve(other)).hasSize(1);
  }

  @Test
  void a_full_list_accepts_a_refund_once_the_oldest_is_past_its_lock() {
    scene.halve(5);
    Instant oldest = scene.subAccount().refunds().getFirst().requestedAt();
    scene.transfer("0.25");
    scene.retrieveAt(oldest.plus(DAY).plus(DAY));
    assertThat(scene.state()).isEqualTo("avail 9.75 total 10 bal 0.25 pend 0.25 [0.25]");
  }

  @Test
  void twenty_providers_in_a_call_are_the_limit() {
    WalletAddress[] twenty = Collections.nCopies(20, scene.provider.address()).toArray(WalletAddress[]::new);
    WalletAddress[] more = Collections.nCopies(21, scene.provider.address()).toArray(WalletAddress[]::new);
    assertThat(scene.logs(scene.contract.retrieve(scene.owner, INFERENCE, twenty))).isEmpty();
    scene.refused(scene.contract.retrieve(scene.owner, INFERENCE, more), "TooManyProviders");
  }

  @Test
  void only_the_named_service_is_touched() {
    scene.transfer("4");
    scene.contract.await(scene.contract.transfer(scene.owner, scene.provider.address(), FINE_TUNING, zeroG("2")));
    scene.retrieve();
    assertThat(scene.subAccount(scene.provider.address(), FINE_TUNING).refunds()).isEmpty();
  }

  @Test
  void a_missing_ledger_and_an_unknown_service_are_refused() {
    scene.refused(scene.contract.retrieve(scene.provider, INFERENCE, scene.owner.address()), "LedgerUnknown");
    scene.refused(scene.contract.retrieve(scene.owner, ServiceName.of(""), scene.owner.address()), "ServiceUnknown");
  }

  private List<ContractAbi.Decoded> retrieve(DevWallet... of) {
    return scene.logs(scene.contract.retrieve(scene.owner, INFERENCE,
        Arrays.stream(of).map(DevWallet::address).toArray(WalletAddress[]::new)));
  }
}
