package io.neuronledger.command.account;

import static io.neuronledger.command.fixture.Wallets.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.rules.LedgerRules;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts that no log, call or trace explains. */
class UnexplainedMoveTest {
  private final LedgerScene scene =
      LedgerScene.alice().given(new ChainEvent.Deposit(ALICE, ALICE, Neuron.ofZeroG("5")));

  private List<LedgerEvent> withdrawnBy(Evidence evidence) {
    Cause cause = scene.cause();
    return LedgerRules.decide(scene.ledger(), new ChainEvent.Withdraw(ALICE, Neuron.ofZeroG("2")),
        new Cause(cause.position(), cause.branch(), cause.blockHash(), cause.blockTime(), Optional.of(evidence)),
        scene.terms());
  }

  @Test
  void an_unexplained_move_is_recorded_with_a_discrepancy() {
    List<LedgerEvent> events = withdrawnBy(new Evidence.Unexplained(7, 9));
    assertThat(events).hasExactlyElementsOfTypes(LedgerEvent.FundsWithdrawn.class, LedgerEvent.DiscrepancyFound.class);
    assertThat(((LedgerEvent.FundsWithdrawn) events.getFirst()).after().available()).isEqualTo(Neuron.ofZeroG("3"));
    assertThat(((LedgerEvent.DiscrepancyFound) events.getLast()).rule()).isEqualTo(Rule.MOVE_IS_EXPLAINED);
  }

  @Test
  void an_unexplained_move_of_unverified_code_is_a_discrepancy_too() {
    assertThat(withdrawnBy(new Evidence.Unverified(new Evidence.Unexplained(7, 9), ALICE))).hasExactlyElementsOfTypes(
        LedgerEvent.FundsWithdrawn.class, LedgerEvent.DiscrepancyFound.class);
  }

  @Test
  void an_observed_snapshot_is_no_discrepancy() {
    assertThat(withdrawnBy(new Evidence.Snapshot(7, 9))).hasExactlyElementsOfTypes(LedgerEvent.FundsWithdrawn.class);
  }
}
