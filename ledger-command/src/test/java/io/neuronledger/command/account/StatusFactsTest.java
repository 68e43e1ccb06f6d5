package io.neuronledger.command.account;

import static io.neuronledger.command.fixture.Script.closeSubAccount;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Script.withdraw;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.ALICES;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static io.neuronledger.command.fixture.Wallets.PROVIDER;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.LedgerScene.Outcome;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.SubAccountBalances;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusFactsTest {
  private static final ChainEvent.SettlementRejected REJECTED = new ChainEvent.SettlementRejected(ALICE, PROVIDER,
      INFERENCE, coins("1"), RejectionReason.SIGNER_NOT_ACKNOWLEDGED, Optional.empty());

  private static LedgerScene five() {
    return LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"));
  }

  private static ChainEvent.ProviderAcknowledged acknowledged(boolean accepted) {
    return new ChainEvent.ProviderAcknowledged(ALICE, PROVIDER, INFERENCE, accepted);
  }

  @Test
  void a_rejection_moves_no_money_and_is_no_discrepancy() {
    LedgerEvent.SettlementRejected event = five().when(REJECTED).only(LedgerEvent.SettlementRejected.class);
    assertThat(event.rejection().known()).isEqualTo(RejectionReason.SIGNER_NOT_ACKNOWLEDGED);
    assertThat(event.postings()).isEmpty();
    assertThat(event.after().subAccount().orElseThrow().balance()).isEqualTo(coins("5"));
  }

  @Test
  void a_rejection_opens_no_account() {
    Outcome outcome = LedgerScene.alice().when(REJECTED);
    assertThat(outcome.only(LedgerEvent.SettlementRejected.class).after().subAccount()).isEmpty();
    assertThat(outcome.after()).isEqualTo(Ledger.CLOSED);
  }

  @Test
  void an_owner_revokes_its_acknowledgement_and_a_transfer_restores_it() {
    LedgerScene scene = five();
    Outcome refused = scene.when(acknowledged(false));
    assertThat(refused.subAccount(ALICES).acknowledged()).isFalse();
    assertThat(scene.then(refused).when(transfer(ALICE, "0")).subAccount(ALICES).acknowledged()).isTrue();
  }

  @Test
  void acknowledging_an_unknown_sub_account_is_a_discrepancy() {
    Outcome outcome = LedgerScene.alice().given(deposit(ALICE, "3")).when(acknowledged(true));
    assertThat(outcome.breaches()).containsExactly(Rule.ACCOUNT_IS_OPEN);
    assertThat(outcome.after().subAccounts()).isEmpty();
  }

  @Test
  void an_empty_sub_account_closes() {
    Outcome outcome = five().given(settle(ALICE, "5", "5")).when(closeSubAccount(ALICE));
    assertThat(outcome.only(LedgerEvent.SubAccountClosed.class).after().subAccount()).contains(
        SubAccountBalances.CLOSED);
    assertThat(outcome.after().subAccounts()).isEmpty();
  }

  @Test
  void the_remainder_of_a_closed_sub_account_is_posted_outside_with_a_discrepancy() {
    Outcome outcome = five().when(closeSubAccount(ALICE));
    assertThat(outcome.breaches()).containsExactly(Rule.CLOSED_IS_EMPTY);
    assertThat(outcome.after().total()).isEqualTo(coins("5"));
    assertThat(outcome.first(LedgerEvent.SubAccountClosed.class).postings())
        .isEqualTo(Posting.moved(Posting.subAccount(ALICES), Posting.OUTSIDE, coins("5")));
  }

  @Test
  void a_sub_account_closed_by_a_withdrawal_may_be_closed_again_by_the_contract() {
    LedgerScene scene = five().given(settle(ALICE, "5", "5"), withdraw(ALICE, "5"));
    Outcome first = scene.when(closeSubAccount(ALICE));
    assertThat(first.only(LedgerEvent.SubAccountClosed.class).after().open()).isFalse();
    Outcome second = scene.then(first).when(new ChainEvent.LedgerClosed(ALICE));
    second.only(LedgerEvent.LedgerClosed.class);
    assertThat(second.after()).isEqualTo(Ledger.CLOSED);
  }

  @Test
  void a_ledger_emptied_by_settlements_stays_open_until_the_contract_closes_it() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "5"), transfer(ALICE, "5"), settle(ALICE, "5", "5"));
    assertThat(scene.ledger().open()).isTrue();
    assertThat(scene.ledger().total()).isEqualTo(Neuron.ZERO);
    Outcome outcome = scene.when(new ChainEvent.LedgerClosed(ALICE));
    assertThat(outcome.breaches()).isEmpty();
    assertThat(outcome.after()).isEqualTo(Ledger.CLOSED);
  }

  @Test
  void each_remainder_of_a_closed_ledger_is_posted_outside_with_a_discrepancy() {
    Outcome outcome = five().when(new ChainEvent.LedgerClosed(ALICE));
    assertThat(outcome.breaches()).containsExactly(Rule.CLOSED_IS_EMPTY, Rule.CLOSED_IS_EMPTY);
    assertThat(outcome.after()).isEqualTo(Ledger.CLOSED);
    assertThat(outcome.first(LedgerEvent.LedgerClosed.class).postings()).hasSize(4);
  }

  @Test
  void each_breach_has_a_unique_key_of_rule_position_and_account() {
    Outcome outcome = five().when(new ChainEvent.LedgerClosed(ALICE));
    assertThat(outcome.events().stream().filter(LedgerEvent.DiscrepancyFound.class::isInstance)
        .map(each -> ((LedgerEvent.DiscrepancyFound) each).key()))
        .containsExactly("closed-is-empty:3-0-0-0:ledger:" + ALICE, "closed-is-empty:3-0-0-0:" + ALICES);
  }
}
