package io.neuronledger.command.account;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.ALICES;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static io.neuronledger.command.fixture.Wallets.PROVIDER;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.LedgerScene.Outcome;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedStateFactsTest {
  private static final Instant EARLIER = LedgerScene.START.minusSeconds(3_600);

  private static ObservedLedger observed(String available, String balance, ObservedLedger.Refund... refunds) {
    return new ObservedLedger(true, coins(available), List.of(new ObservedLedger.SubAccount(PROVIDER, INFERENCE,
        coins(balance), true, List.of(refunds))));
  }

  private static ObservedLedger.Refund refund(String amount, Instant requestedAt) {
    return new ObservedLedger.Refund(coins(amount), requestedAt);
  }

  private static ChainEvent.StateObserved compared(ObservedLedger state) {
    return new ChainEvent.StateObserved(ALICE, state, "run-1");
  }

  /** Available 5, balance 5 with a pending refund of 2 requested in block 3. */
  private static LedgerScene known() {
    return LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"), request(ALICE, "2"));
  }

  private static Instant askedAt() {
    return LedgerScene.START.plusSeconds(20);
  }

  @Test
  void an_opening_posts_the_complete_state_from_outside() {
    LedgerScene scene = LedgerScene.alice();
    Outcome outcome = scene.when(new ChainEvent.Opening(ALICE,
        observed("3", "5", refund("2", EARLIER), refund("1", EARLIER))));

    LedgerEvent.LedgerOpenedFromSnapshot event = outcome.only(LedgerEvent.LedgerOpenedFromSnapshot.class);
    assertThat(outcome.after().total()).isEqualTo(coins("8"));
    assertThat(outcome.subAccount(ALICES).refunds()).extracting(each -> each.id())
        .containsExactly(new RefundId(scene.cause().position(), 0, 0), new RefundId(scene.cause().position(), 0, 1));
    assertThat(event.postings()).extracting(Posting::account)
        .containsExactly(Posting.OUTSIDE, Posting.ledger(ALICE), Posting.OUTSIDE, Posting.subAccount(ALICES));
  }

  @Test
  void an_equal_state_has_no_event() {
    assertThat(known().when(compared(observed("5", "5", refund("2", askedAt())))).events()).isEmpty();
  }

  @Test
  void a_closed_observed_ledger_equals_an_unknown_owner() {
    assertThat(LedgerScene.alice().when(compared(new ObservedLedger(false, Neuron.ZERO, List.of()))).events())
        .isEmpty();
  }

  @Test
  void a_difference_of_one_neuron_is_a_discrepancy_and_is_assigned() {
    Outcome outcome =
        known().when(compared(observed("5.000000000000000001", "5", refund("2", askedAt()))));

    assertThat(outcome.breaches()).containsExactly(Rule.STATE_EQUALS_CONTRACT);
    LedgerEvent.DiscrepancyFound found = outcome.first(LedgerEvent.DiscrepancyFound.class);
    assertThat(found.subAccount()).isEmpty();
    assertThat(found.expected()).isEqualTo("open, available 5000000000000000000");
    assertThat(found.actual()).isEqualTo("open, available 5000000000000000001");
    LedgerEvent.LedgerRestated restated = outcome.first(LedgerEvent.LedgerRestated.class);
    assertThat(restated.run()).isEqualTo("run-1");
    assertThat(restated.postings())
        .isEqualTo(Posting.moved(Posting.OUTSIDE, Posting.ledger(ALICE), Neuron.parse("1")));
    assertThat(outcome.after().available()).isEqualTo(coins("5.000000000000000001"));
  }

  @Test
  void the_request_time_of_a_refund_is_compared() {
    Outcome outcome = known().when(compared(observed("5", "5", refund("2", askedAt().plusSeconds(1)))));
    assertThat(outcome.first(LedgerEvent.DiscrepancyFound.class).subAccount()).contains(ALICES);
    assertThat(outcome.subAccount(ALICES).refunds().getFirst().requestedAt()).isEqualTo(askedAt().plusSeconds(1));
  }

  @Test
  void a_known_refund_keeps_its_id_and_its_announcement_when_its_amount_is_corrected() {
    LedgerScene scene = known();
    RefundId id = scene.ledger().activeRefunds().findFirst().orElseThrow().refund().id();
    scene.at(askedAt().plusSeconds(86_400)).then(scene.whenSealed());
    Outcome outcome = scene.when(compared(observed("5", "5", refund("1", askedAt()))));
    assertThat(outcome.subAccount(ALICES).refunds()).singleElement().satisfies(refund -> {
      assertThat(refund.id()).isEqualTo(id);
      assertThat(refund.amount()).isEqualTo(coins("1"));
      assertThat(refund.announced()).isTrue();
    });
  }

  @Test
  void a_ledger_unknown_to_the_contract_closes() {
    Outcome outcome = known().when(compared(new ObservedLedger(false, Neuron.ZERO, List.of())));
    assertThat(outcome.breaches()).containsExactly(Rule.STATE_EQUALS_CONTRACT, Rule.STATE_EQUALS_CONTRACT);
    assertThat(outcome.after()).isEqualTo(Ledger.CLOSED);
  }

  @Test
  void a_different_acknowledgement_is_a_discrepancy_and_is_assigned() {
    Outcome outcome = known().when(compared(new ObservedLedger(true, coins("5"), List.of(new ObservedLedger.SubAccount(
        PROVIDER, INFERENCE, coins("5"), false, List.of(refund("2", askedAt())))))));

    assertThat(outcome.breaches()).containsExactly(Rule.STATE_EQUALS_CONTRACT);
    LedgerEvent.DiscrepancyFound found = outcome.first(LedgerEvent.DiscrepancyFound.class);
    assertThat(found.subAccount()).contains(ALICES);
    assertThat(found.expected()).contains("acknowledged true");
    assertThat(found.actual()).isEqualTo(found.expected().replace("acknowledged true", "acknowledged false"));
    assertThat(outcome.first(LedgerEvent.LedgerRestated.class).postings()).as("it moves no money").isEmpty();
    assertThat(outcome.subAccount(ALICES).acknowledged()).isFalse();
    assertThat(outcome.refundsOf(ALICES)).containsExactly("2");
  }

  @Test
  void an_answer_that_breaks_the_contracts_own_rules_is_clamped() {
    ObservedLedger tooMuch = new ObservedLedger(true, Neuron.MAX, List.of(
        new ObservedLedger.SubAccount(PROVIDER, INFERENCE, coins("5"), true, List.of(refund("6", EARLIER)))));
    Outcome outcome = LedgerScene.alice().when(new ChainEvent.Opening(ALICE, tooMuch));
    assertThat(outcome.breaches()).containsExactly(Rule.TOTAL_IS_UINT256, Rule.REFUND_WITHIN_FREE);
    assertThat(outcome.after().total()).isEqualTo(Neuron.MAX);
  }

  @Test
  void a_resolved_discrepancy_changes_no_balance() {
    Ledger ledger = known().ledger();
    assertThat(ledger.evolve(new LedgerEvent.DiscrepancyResolved(ALICE, "key", "seen", "finance", EARLIER)))
        .isEqualTo(ledger);
  }
}
