package io.neuronledger.command.account;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Script.withdraw;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.ALICES;
import static io.neuronledger.command.fixture.Wallets.BOB;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.neuronledger.command.account.LedgerScene.Outcome;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SignedNeuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovementsTest {
  private static final String LEDGER = Posting.ledger(ALICE);
  private static final String SUB_ACCOUNT = Posting.subAccount(ALICES);
  private static final ChainEvent.Deposit ALL_THERE_IS = new ChainEvent.Deposit(ALICE, ALICE, Neuron.MAX);

  @Test
  void a_first_deposit_opens_the_ledger() {
    LedgerEvent.FundsDeposited event =
        LedgerScene.alice().when(new ChainEvent.Deposit(ALICE, BOB, coins("10")))
            .only(LedgerEvent.FundsDeposited.class);

    assertThat(event.opened()).isTrue();
    assertThat(event.payer()).isEqualTo(BOB);
    assertThat(event.after().open()).isTrue();
    assertThat(event.after().available()).isEqualTo(coins("10"));
    assertThat(event.postings()).containsExactly(line(Posting.OUTSIDE, "-10"), line(LEDGER, "10"));
  }

  @Test
  void a_second_deposit_adds() {
    LedgerEvent.FundsDeposited event =
        LedgerScene.alice().given(deposit(ALICE, "10")).when(deposit(ALICE, "3"))
            .only(LedgerEvent.FundsDeposited.class);

    assertThat(event.opened()).isFalse();
    assertThat(event.after().total()).isEqualTo(coins("13"));
  }

  @Test
  void the_largest_total_is_a_uint256() {
    assertThat(LedgerScene.alice().when(ALL_THERE_IS).breaches()).isEmpty();
  }

  @Test
  void a_total_one_neuron_above_uint256_is_a_discrepancy_and_no_exception() {
    Outcome outcome = LedgerScene.alice().given(ALL_THERE_IS)
        .when(new ChainEvent.Deposit(ALICE, ALICE, Neuron.parse("1")));

    assertThat(outcome.breaches()).containsExactly(Rule.TOTAL_IS_UINT256);
    assertThat(outcome.after().total()).isEqualTo(Neuron.MAX);
    LedgerEvent.FundsDeposited event = outcome.first(LedgerEvent.FundsDeposited.class);
    assertThat(event.amount()).isEqualTo(Neuron.parse("1"));
    assertThat(event.postings()).isEmpty();
  }

  @Test
  void a_first_transfer_opens_the_sub_account() {
    LedgerEvent.FundsTransferred event = LedgerScene.alice().given(deposit(ALICE, "10"))
        .when(transfer(ALICE, "4")).only(LedgerEvent.FundsTransferred.class);

    assertThat(event.opened()).isTrue();
    assertThat(event.after().available()).isEqualTo(coins("6"));
    assertThat(event.after().locked()).isEqualTo(coins("4"));
    assertThat(event.after().subAccount().orElseThrow().acknowledged()).isTrue();
    assertThat(event.postings()).containsExactly(line(LEDGER, "-4"), line(SUB_ACCOUNT, "4"));
  }

  @Test
  void a_transfer_of_all_available_funds_and_of_one_neuron_more() {
    LedgerScene tenCoins = LedgerScene.alice().given(deposit(ALICE, "10"));
    assertThat(tenCoins.when(transfer(ALICE, "10")).breaches()).isEmpty();

    Outcome outcome = tenCoins.when(transfer(ALICE, "10.000000000000000001"));
    assertThat(outcome.breaches()).containsExactly(Rule.BALANCE_COVERS_MOVEMENT);
    assertThat(outcome.after().available()).isEqualTo(Neuron.ZERO);
    assertThat(outcome.subAccount(ALICES).balance()).isEqualTo(coins("10.000000000000000001"));
    assertThat(outcome.first(LedgerEvent.FundsTransferred.class).postings()).containsExactly(
        line(LEDGER, "-10"), line(SUB_ACCOUNT, "10"),
        line(Posting.OUTSIDE, "-0.000000000000000001"), line(SUB_ACCOUNT, "0.000000000000000001"));
  }

  @Test
  void a_transfer_cancels_the_newest_refunds_first() {
    Outcome outcome = LedgerScene.alice()
        .given(deposit(ALICE, "10"), transfer(ALICE, "5"), request(ALICE, "5"), transfer(ALICE, "0", "2"),
            request(ALICE, "2"))
        .when(transfer(ALICE, "0", "2.5"));

    assertThat(outcome.refundsOf(ALICES)).containsExactly("2.5");
    assertThat(outcome.only(LedgerEvent.FundsTransferred.class).reduced().orElseThrow())
        .extracting(RefundReduction::by, each -> each.amount().toZeroG(), each -> each.remaining().toZeroG())
        .containsExactly(tuple(RefundReduction.By.TRANSFER, "2", "0"),
            tuple(RefundReduction.By.TRANSFER, "0.5", "2.5"));
    assertThat(outcome.first(LedgerEvent.FundsTransferred.class).postings()).isEmpty();
  }

  @Test
  void a_cancellation_of_all_pending_refunds_and_of_one_neuron_more() {
    LedgerScene pending = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"), request(ALICE, "5"));
    assertThat(pending.when(transfer(ALICE, "0", "5")).breaches()).isEmpty();

    Outcome outcome = pending.when(transfer(ALICE, "0", "5.000000000000000001"));
    assertThat(outcome.breaches()).containsExactly(Rule.CANCELLATION_WITHIN_PENDING);
    assertThat(outcome.refundsOf(ALICES)).isEmpty();
  }

  @Test
  void a_transfer_of_zero_is_an_event_without_postings() {
    LedgerEvent.FundsTransferred event = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"))
        .when(transfer(ALICE, "0")).only(LedgerEvent.FundsTransferred.class);

    assertThat(event.postings()).isEmpty();
    assertThat(event.reduced()).isEmpty();
    assertThat(event.opened()).isFalse();
  }

  @Test
  void a_transfer_out_of_a_closed_ledger_is_recorded_with_a_discrepancy() {
    Outcome outcome = LedgerScene.alice().when(transfer(ALICE, "4"));

    assertThat(outcome.breaches()).containsExactly(Rule.ACCOUNT_IS_OPEN, Rule.BALANCE_COVERS_MOVEMENT);
    assertThat(outcome.after().open()).isTrue();
    assertThat(outcome.after().total()).isEqualTo(coins("4"));
  }

  @Test
  void a_withdrawal_of_the_whole_total_closes_the_ledger_and_its_sub_accounts() {
    Outcome outcome = LedgerScene.alice()
        .given(deposit(ALICE, "10"), transfer(ALICE, "5"), settle(ALICE, "5", "5")).when(withdraw(ALICE, "5"));

    assertThat(outcome.only(LedgerEvent.FundsWithdrawn.class).closed()).isTrue();
    assertThat(outcome.after()).isEqualTo(Ledger.CLOSED);
  }

  @Test
  void a_smaller_withdrawal_closes_nothing() {
    Outcome outcome = LedgerScene.alice().given(deposit(ALICE, "10")).when(withdraw(ALICE, "9.999999999999999999"));
    assertThat(outcome.only(LedgerEvent.FundsWithdrawn.class).closed()).isFalse();
    assertThat(outcome.after().open()).isTrue();
  }

  @Test
  void a_sub_account_balance_keeps_the_ledger_open() {
    Outcome outcome = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "1")).when(withdraw(ALICE, "9"));
    assertThat(outcome.only(LedgerEvent.FundsWithdrawn.class).closed()).isFalse();
  }

  @Test
  void a_withdrawal_of_one_neuron_too_much_is_a_discrepancy() {
    Outcome outcome = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "1"))
        .when(withdraw(ALICE, "9.000000000000000001"));
    assertThat(outcome.breaches()).containsExactly(Rule.BALANCE_COVERS_MOVEMENT);
    assertThat(outcome.after().available()).isEqualTo(Neuron.ZERO);
  }

  @Test
  void a_deposit_opens_a_closed_ledger_again() {
    LedgerEvent.FundsDeposited event = LedgerScene.alice().given(deposit(ALICE, "10"), withdraw(ALICE, "10"))
        .when(deposit(ALICE, "3")).only(LedgerEvent.FundsDeposited.class);
    assertThat(event.opened()).isTrue();
    assertThat(event.after().total()).isEqualTo(coins("3"));
  }

  @Test
  void a_withdrawal_from_a_closed_ledger_is_a_discrepancy() {
    Outcome outcome = LedgerScene.alice().when(withdraw(ALICE, "1"));
    assertThat(outcome.breaches()).containsExactly(Rule.ACCOUNT_IS_OPEN);
    assertThat(outcome.after()).isEqualTo(Ledger.CLOSED);
  }

  @Test
  void a_refund_to_a_closed_ledger_is_posted_from_outside() {
    Outcome outcome = LedgerScene.alice().when(back(ALICE, "1"));
    assertThat(outcome.breaches()).containsExactly(Rule.ACCOUNT_IS_OPEN);
    assertThat(outcome.after().available()).isEqualTo(coins("1"));
    assertThat(outcome.after().subAccounts()).isEmpty();
  }

  @Test
  void the_zero_address_and_the_owner_itself_can_be_providers() {
    for (WalletAddress provider : List.of(WalletAddress.ZERO, ALICE)) {
      SubAccountId id = new SubAccountId(ALICE, provider, INFERENCE);
      Outcome outcome = LedgerScene.alice().given(deposit(ALICE, "10"),
          new ChainEvent.Transfer(ALICE, provider, INFERENCE, true, coins("4"), Neuron.ZERO))
          .when(new ChainEvent.Settled(ALICE, provider, INFERENCE, coins("1"), coins("1"), Optional.empty()));
      assertThat(outcome.breaches()).isEmpty();
      assertThat(outcome.subAccount(id).balance()).isEqualTo(coins("3"));
      assertThat(outcome.first(LedgerEvent.FeesSettled.class).postings())
          .containsExactly(line(Posting.subAccount(id), "-1"), line(Posting.provider(provider), "1"));
    }
  }

  private static Posting line(String account, String amount) {
    return new Posting(account, amount.startsWith("-")
        ? SignedNeuron.minus(coins(amount.substring(1)))
        : SignedNeuron.plus(coins(amount)));
  }
}
