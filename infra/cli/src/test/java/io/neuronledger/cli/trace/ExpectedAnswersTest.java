package io.neuronledger.cli.trace;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedAnswersTest {
  private static final WalletAddress ALICE = Simulation.wallet(1);
  /** A contract. */
  private static final WalletAddress SAFE = Simulation.wallet(3);

  @Test
  void a_log_without_topics_changes_no_lock_period() {
    Simulation simulation = new Simulation(100).knowing(ALICE);
    simulation.nextBlock().direct(ALICE, new Operation.Deposit(Simulation.ONE.shiftLeft(3)));
    simulation.nextBlock().foreignLog(ALICE, SAFE, List.of(), "0x01");
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(Simulation.ONE.shiftLeft(2)),
        new Operation.Noise());
    Trace trace = simulation.trace();
    ExpectedAnswers expected = new ExpectedAnswers(trace);
    assertThatCode(() -> trace.transactions().forEach(expected::apply)).doesNotThrowAnyException();
  }
}
