package io.neuronledger.command.account;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Script.withdraw;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static io.neuronledger.command.fixture.Wallets.PROVIDER;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.LedgerScene.Outcome;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SignedNeuron;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerHistoryTest {
  @Test
  void without_an_event_after_the_fork_there_is_no_rewind() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"));
    assertThat(scene.whenRetracted(3).events()).isEmpty();
  }

  @Test
  void a_rewind_restores_the_complete_state_before_the_fork() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"), request(ALICE, "5"));
    Ledger before = scene.ledger();
    scene.given(settle(ALICE, "1", "1"), transfer(ALICE, "0", "4"), withdraw(ALICE, "5"));

    Outcome outcome = scene.whenRetracted(4);
    LedgerEvent.LedgerRewound event = outcome.only(LedgerEvent.LedgerRewound.class);
    assertThat(outcome.after()).isEqualTo(before);
    assertThat(event.state()).isEqualTo(before.state());
    assertThat(event.postings()).contains(
        new Posting(Posting.provider(PROVIDER), SignedNeuron.minus(coins("1"))),
        new Posting(Posting.OUTSIDE, SignedNeuron.minus(coins("5"))));
  }

  @Test
  void a_ledger_closed_on_the_retracted_branch_is_open_again() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"), withdraw(ALICE, "10"));
    assertThat(scene.whenRetracted(2).after().available()).isEqualTo(coins("10"));
  }

  @Test
  void a_ledger_opened_on_the_retracted_branch_is_closed_again() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"));
    assertThat(scene.whenRetracted(1).after()).isEqualTo(Ledger.CLOSED);
  }

  @Test
  void an_announcement_made_on_a_retracted_block_is_reverted() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"), transfer(ALICE, "5"), request(ALICE, "5"));
    Ledger waiting = scene.ledger();
    long dead = scene.block();
    scene.at(scene.blockTime().plus(Duration.ofDays(1))).then(scene.whenSealed());
    assertThat(scene.ledger()).isNotEqualTo(waiting);
    assertThat(scene.whenRetracted(dead).after()).isEqualTo(waiting);
  }

  @Test
  void a_second_fork_reverts_only_live_events() {
    LedgerScene scene = LedgerScene.alice().given(deposit(ALICE, "10"), deposit(ALICE, "1"), deposit(ALICE, "2"));
    scene.then(scene.whenRetracted(2));
    assertThat(scene.ledger().available()).isEqualTo(coins("10"));
    assertThat(scene.whenRetracted(2).events()).isEmpty();

    scene.given(deposit(ALICE, "4"));
    Outcome deeper = scene.whenRetracted(1);
    assertThat(deeper.after()).isEqualTo(Ledger.CLOSED);
    assertThat(deeper.only(LedgerEvent.LedgerRewound.class).postings())
        .contains(new Posting(Posting.OUTSIDE, SignedNeuron.plus(coins("14"))));
  }

  @Test
  void sums_beyond_the_range_of_one_amount_become_several_postings() {
    LedgerScene scene = LedgerScene.alice();
    for (int i = 0; i < 3; i++) {
      scene.given(new ChainEvent.Deposit(ALICE, ALICE, Neuron.MAX),
          new ChainEvent.Transfer(ALICE, PROVIDER, INFERENCE, true, Neuron.MAX,
              Neuron.ZERO),
          new ChainEvent.Settled(ALICE, PROVIDER, INFERENCE, Neuron.MAX,
              Neuron.MAX, Optional.empty()));
    }
    LedgerEvent.LedgerRewound event = scene.whenRetracted(1).only(LedgerEvent.LedgerRewound.class);
    assertThat(event.postings().stream().filter(each -> each.account().equals(Posting.OUTSIDE))
        .map(each -> each.amount().value()).reduce(BigInteger.ZERO, BigInteger::add))
        .isEqualTo(Neuron.MAX.value().multiply(BigInteger.valueOf(3)));
  }
}
