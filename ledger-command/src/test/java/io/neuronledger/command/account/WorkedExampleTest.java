package io.neuronledger.command.account;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.ALICES;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.value.Neuron;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An example of the real contracts' behaviour, step by step: available, balance, pending, refunds. */
class WorkedExampleTest {
  private final LedgerScene scene = LedgerScene.alice();

  @BeforeEach
  void deposit_and_request_two_refunds() {
    step(deposit(ALICE, "10"), "10", "0", "0");
    step(transfer(ALICE, "5"), "5", "5", "0");
    step(request(ALICE, "5"), "5", "5", "5", "5");
    step(transfer(ALICE, "0", "2"), "5", "5", "3", "3");
    step(request(ALICE, "2"), "5", "5", "5", "3", "2");
  }

  @Test
  void a_transfer_cancels_all_pending_refunds_and_moves_the_remainder() {
    step(transfer(ALICE, "2", "5"), "3", "7", "0");
  }

  @Test
  void a_completion_at_the_unlock_of_the_first_refund() {
    Instant first = scene.ledger().activeRefunds().findFirst().orElseThrow().refund().requestedAt();
    scene.at(first.plus(Duration.ofDays(1)));
    step(back(ALICE, "3"), "8", "2", "2", "2");
  }

  @Test
  void a_settlement_from_an_all_pending_balance_consumes_refunds() {
    step(settle(ALICE, "0.5", "0.5"), "5", "4.5", "4.5", "3", "1.5");
    assertThat(scene.ledger().total().toZeroG()).isEqualTo("9.5");
  }

  private void step(ChainEvent.OwnerFact fact, String available, String balance, String pending, String... refunds) {
    LedgerScene.Outcome outcome = scene.when(fact);
    assertThat(outcome.breaches()).isEmpty();
    scene.then(outcome);
    assertThat(scene.ledger().available().toZeroG()).isEqualTo(available);
    assertThat(scene.ledger().locked().toZeroG()).isEqualTo(balance);
    assertThat(scene.ledger().subAccount(ALICES).map(account -> account.refunds().pending()).orElse(Neuron.ZERO)
        .toZeroG()).isEqualTo(pending);
    List<String> left =
        scene.ledger().activeRefunds().map(active -> active.refund().amount().toZeroG()).toList();
    assertThat(left).containsExactly(refunds);
  }
}
