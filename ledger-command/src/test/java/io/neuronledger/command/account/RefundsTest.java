package io.neuronledger.command.account;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.ALICES;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static io.neuronledger.command.fixture.Wallets.TUNING;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.LedgerScene.Outcome;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefundsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A sub-account with a balance of 5, all of it requested back. @return the scene right after the request */
  private static LedgerScene asked() {
    return LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"), request(ALICE, "5"));
  }

  private static Instant askedAt(LedgerScene scene) {
    return scene.ledger().activeRefunds().findFirst().orElseThrow().refund().requestedAt();
  }

  @Test
  void a_pending_refund_has_the_position_of_its_request_as_id() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"));
    Outcome outcome = scene.when(request(ALICE, "5"));

    LedgerEvent.RefundRequested event = outcome.only(LedgerEvent.RefundRequested.class);
    assertThat(event.refund()).isEqualTo(new RefundId(scene.cause().position(), 0, 0));
    assertThat(event.requestedAt()).isEqualTo(scene.blockTime());
    assertThat(event.postings()).isEmpty();
    assertThat(outcome.subAccount(ALICES).refunds())
        .containsExactly(new PendingRefund(event.refund(), coins("5"), scene.blockTime(), false));
  }

  @Test
  void a_request_for_the_free_part_and_for_one_neuron_more() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"), request(ALICE, "3"));
    assertThat(scene.when(request(ALICE, "2")).breaches()).isEmpty();

    Outcome outcome = scene.when(request(ALICE, "2.000000000000000001"));
    assertThat(outcome.breaches()).containsExactly(Rule.REFUND_WITHIN_FREE);
    assertThat(outcome.refundsOf(ALICES)).containsExactly("3", "2");
    assertThat(outcome.first(LedgerEvent.RefundRequested.class).amount()).isEqualTo(coins("2.000000000000000001"));
  }

  @Test
  void a_fifth_refund_is_allowed_and_a_sixth_is_recorded_with_a_discrepancy() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "6"));
    for (int i = 0; i < 4; i++) {
      scene.given(request(ALICE, "1"));
    }
    Outcome fifth = scene.when(request(ALICE, "1"));
    assertThat(fifth.breaches()).isEmpty();

    Outcome sixth = scene.then(fifth).when(request(ALICE, "1"));
    assertThat(sixth.breaches()).containsExactly(Rule.REFUNDS_AT_MOST_FIVE);
    assertThat(sixth.refundsOf(ALICES)).hasSize(6);
  }

  @Test
  void a_request_on_a_closed_sub_account_leaves_nothing_pending() {
    Outcome outcome = LedgerScene.alice().given(deposit(ALICE, "10")).when(request(ALICE, "5"));
    assertThat(outcome.breaches()).containsExactly(Rule.ACCOUNT_IS_OPEN);
    assertThat(outcome.after().activeRefunds()).isEmpty();
  }

  @Test
  void a_refund_stays_locked_until_the_last_second() {
    LedgerScene scene = asked();
    assertThat(scene.at(askedAt(scene).plus(DAY).minus(SECOND)).whenSealed().events()).isEmpty();
  }

  @Test
  void a_refund_is_claimable_from_the_first_instant() {
    LedgerScene scene = asked();
    Outcome outcome = scene.at(askedAt(scene).plus(DAY)).whenSealed();

    LedgerEvent.RefundClaimable event = outcome.only(LedgerEvent.RefundClaimable.class);
    assertThat(event.amount()).isEqualTo(coins("5"));
    assertThat(event.lockPeriod()).isEqualTo(DAY);
    assertThat(event.postings()).isEmpty();
    assertThat(event.cause().evidence()).isEmpty();
    assertThat(outcome.subAccount(ALICES).refunds().getFirst().announced()).isTrue();
  }

  @Test
  void a_claimable_refund_is_announced_once() {
    LedgerScene scene = asked();
    scene.at(askedAt(scene).plus(DAY)).then(scene.whenSealed());
    assertThat(scene.whenSealed().events()).isEmpty();
  }

  @Test
  void the_due_lock_events_precede_the_event_of_the_fact() {
    LedgerScene scene = asked();
    Outcome outcome = scene.at(askedAt(scene).plus(DAY)).when(deposit(ALICE, "1"));
    assertThat(outcome.events())
        .hasExactlyElementsOfTypes(LedgerEvent.RefundClaimable.class, LedgerEvent.FundsDeposited.class);
  }

  @Test
  void a_longer_period_relocks_a_refund_and_its_next_expiry_is_announced_again() {
    LedgerScene scene = asked();
    scene.at(askedAt(scene).plus(DAY)).then(scene.whenSealed());

    scene.lockPeriod(INFERENCE, DAY.multipliedBy(2));
    Outcome relocked = scene.whenSealed();
    assertThat(relocked.only(LedgerEvent.RefundRelocked.class).lockPeriod()).isEqualTo(DAY.multipliedBy(2));
    scene.then(relocked);
    assertThat(scene.whenSealed().events()).isEmpty();

    Outcome again = scene.at(askedAt(scene).plus(DAY.multipliedBy(2))).whenSealed();
    again.only(LedgerEvent.RefundClaimable.class);
  }

  @Test
  void a_shorter_period_applies_to_refunds_already_pending() {
    LedgerScene scene = asked().lockPeriod(INFERENCE, Duration.ofHours(1));
    assertThat(scene.at(askedAt(scene).plus(Duration.ofHours(1)).minus(SECOND)).whenSealed().events()).isEmpty();
    scene.at(askedAt(scene).plus(Duration.ofHours(1))).whenSealed().only(LedgerEvent.RefundClaimable.class);
  }

  @Test
  void the_period_of_another_service_has_no_effect() {
    LedgerScene scene = asked().lockPeriod(TUNING, Duration.ofHours(1));
    assertThat(scene.at(askedAt(scene).plus(Duration.ofHours(2))).whenSealed().events()).isEmpty();
  }

  @Test
  void a_huge_period_locks_for_ever_and_does_not_overflow() {
    LedgerScene scene = asked().lockPeriod(INFERENCE, Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(scene.at(askedAt(scene).plus(DAY.multipliedBy(1_000))).whenSealed().events()).isEmpty();
  }

  @Test
  void claimable_refunds_are_completed_oldest_first() {
    LedgerScene scene = asked().given(transfer(ALICE, "0", "2"), request(ALICE, "2"));
    Outcome outcome = scene.at(askedAt(scene).plus(DAY)).when(back(ALICE, "3"));

    LedgerEvent.RefundsCompleted event = outcome.first(LedgerEvent.RefundsCompleted.class);
    assertThat(outcome.breaches()).isEmpty();
    assertThat(event.reduced().orElseThrow()).singleElement()
        .satisfies(each -> assertThat(each.remaining()).isEqualTo(Neuron.ZERO));
    assertThat(outcome.refundsOf(ALICES)).containsExactly("2");
    assertThat(outcome.after().available()).isEqualTo(coins("8"));
  }

  @Test
  void a_completion_one_second_too_early_is_recorded_with_a_discrepancy() {
    LedgerScene scene = asked();
    Outcome outcome = scene.at(askedAt(scene).plus(DAY).minus(SECOND)).when(back(ALICE, "5"));
    assertThat(outcome.breaches()).containsExactly(Rule.COMPLETION_IS_CLAIMABLE);
    assertThat(outcome.after().available()).isEqualTo(coins("10"));
  }

  @Test
  void a_completion_of_half_a_refund_is_recorded_with_a_discrepancy() {
    LedgerScene scene = asked();
    Outcome outcome = scene.at(askedAt(scene).plus(DAY)).when(back(ALICE, "2.5"));
    assertThat(outcome.breaches()).containsExactly(Rule.COMPLETION_IS_CLAIMABLE);
    assertThat(outcome.refundsOf(ALICES)).containsExactly("2.5");
  }

  @Test
  void a_completion_above_the_pending_amount_takes_the_free_part_and_then_from_outside() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"), request(ALICE, "3"));
    Outcome outcome = scene.at(askedAt(scene).plus(DAY)).when(back(ALICE, "6"));
    assertThat(outcome.breaches()).containsExactly(Rule.COMPLETION_IS_CLAIMABLE, Rule.BALANCE_COVERS_MOVEMENT);
    assertThat(outcome.after().available()).isEqualTo(coins("11"));
    assertThat(outcome.subAccount(ALICES).balance()).isEqualTo(Neuron.ZERO);
  }

  @Test
  void a_settlement_consumes_the_newest_refund_even_if_the_oldest_is_past_its_lock() {
    LedgerScene scene = asked();
    Instant first = askedAt(scene);
    scene.given(transfer(ALICE, "0", "2")).at(first.plus(Duration.ofHours(12))).given(request(ALICE, "2"));
    Outcome outcome = scene.at(first.plus(DAY)).when(settle(ALICE, "0.5", "0.5"));
    assertThat(outcome.refundsOf(ALICES)).containsExactly("3", "1.5");
  }
}
