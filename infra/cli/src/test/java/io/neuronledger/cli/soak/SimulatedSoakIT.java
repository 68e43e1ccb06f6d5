package io.neuronledger.cli.soak;

import org.junit.jupiter.api.Test;

/** The differential test on the simulated 0G contracts, whose hidden operations leave no log. */
class SimulatedSoakIT {
  @Test
  void hidden_operations_are_in_the_ledger_at_every_block() {
    SoakRuns.assertSimulatedEqual(SoakRuns.seed(), 0);
  }
}
