package io.neuronledger.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The differential test: for any history of the chain, the ledger's answers equal the contract's. */
class SoakIT {
  private static final int OPERATIONS = 2_000;

  @Test
  void every_owner_at_every_block_equals_the_contract() {
    SoakReport report = Soak.soak(new SoakPlan(SoakRuns.seed(), OPERATIONS, 0, true), _ -> { });
    SoakRuns.assertClean(report);
    assertThat(report.operations()).isGreaterThanOrEqualTo(OPERATIONS);
    assertThat(report.forks()).isPositive();
    assertThat(report.books().months()).isPositive();
  }
}
