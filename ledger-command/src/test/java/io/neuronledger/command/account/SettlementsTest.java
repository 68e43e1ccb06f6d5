package io.neuronledger.command.account;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.ALICES;
import static io.neuronledger.command.fixture.Wallets.PROVIDER;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.LedgerScene.Outcome;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SignedNeuron;
import org.junit.jupiter.api.Test;

class SettlementsTest {
  private static final String SUB_ACCOUNT = Posting.subAccount(ALICES);

  @Test
  void a_settlement_takes_the_free_part_first_and_then_the_newest_refunds() {
    Outcome outcome = LedgerScene.alice()
        .given(deposit(ALICE, "10"), transfer(ALICE, "5"), request(ALICE, "5"), transfer(ALICE, "0", "2"),
            request(ALICE, "1"))
        .when(settle(ALICE, "2.5", "2.5"));

    LedgerEvent.FeesSettled event = outcome.only(LedgerEvent.FeesSettled.class);
    assertThat(outcome.refundsOf(ALICES)).containsExactly("2.5");
    assertThat(event.reduced().orElseThrow()).hasSize(2).allMatch(each -> each.by() == RefundReduction.By.SETTLEMENT);
    assertThat(event.writtenOff()).isEqualTo(Neuron.ZERO);
    assertThat(event.postings()).containsExactly(line(SUB_ACCOUNT, "-2.5"), line(Posting.provider(PROVIDER), "2.5"));
  }

  @Test
  void the_unpaid_part_of_a_partial_settlement_is_written_off() {
    LedgerEvent.FeesSettled event = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"))
        .when(settle(ALICE, "7", "5")).only(LedgerEvent.FeesSettled.class);

    assertThat(event.writtenOff()).isEqualTo(coins("2"));
    assertThat(event.after().open()).isTrue();
    assertThat(event.after().subAccount().orElseThrow().balance()).isEqualTo(Neuron.ZERO);
  }

  @Test
  void a_settlement_of_the_balance_and_of_one_neuron_more() {
    LedgerScene five = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"));
    assertThat(five.when(settle(ALICE, "9", "5")).breaches()).isEmpty();

    Outcome outcome = five.when(settle(ALICE, "9", "5.000000000000000001"));
    assertThat(outcome.breaches()).containsExactly(Rule.BALANCE_COVERS_MOVEMENT);
    assertThat(outcome.first(LedgerEvent.FeesSettled.class).postings()).contains(
        line(Posting.OUTSIDE, "-0.000000000000000001"));
  }

  @Test
  void a_settlement_of_the_asked_amount_and_of_one_neuron_more() {
    LedgerScene five = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"));
    assertThat(five.when(settle(ALICE, "1", "1")).breaches()).isEmpty();
    assertThat(five.when(settle(ALICE, "1", "1.000000000000000001")).breaches())
        .containsExactly(Rule.SETTLED_WITHIN_ASKED);
  }

  @Test
  void a_settlement_of_an_unknown_sub_account_is_paid_from_outside() {
    Outcome outcome = LedgerScene.alice().given(deposit(ALICE, "10")).when(settle(ALICE, "1", "1"));

    assertThat(outcome.breaches()).containsExactly(Rule.ACCOUNT_IS_OPEN);
    assertThat(outcome.after().total()).isEqualTo(coins("10"));
    LedgerEvent.FeesSettled event = outcome.first(LedgerEvent.FeesSettled.class);
    assertThat(event.after().subAccount()).isEmpty();
    assertThat(event.postings()).containsExactly(line(Posting.OUTSIDE, "-1"), line(Posting.provider(PROVIDER), "1"));
  }

  @Test
  void a_settlement_of_zero_needs_no_sub_account() {
    Outcome outcome = LedgerScene.alice().given(deposit(ALICE, "10")).when(settle(ALICE, "1", "0"));

    LedgerEvent.FeesSettled event = outcome.only(LedgerEvent.FeesSettled.class);
    assertThat(event.writtenOff()).isEqualTo(coins("1"));
    assertThat(outcome.after().total()).isEqualTo(coins("10"));
    assertThat(LedgerScene.alice().when(settle(ALICE, "1", "0")).breaches()).as("nor a ledger").isEmpty();
  }

  private static Posting line(String account, String amount) {
    return new Posting(account, amount.startsWith("-")
        ? SignedNeuron.minus(coins(amount.substring(1)))
        : SignedNeuron.plus(coins(amount)));
  }
}
