package io.neuronledger.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The differential test with a node whose answers are altered. */
class NodeTroubleIT {
  private static final int OPERATIONS = 400;
  private static final int PERCENT = 20;

  @Test
  void altered_answers_of_the_node_cost_time_only() {
    SoakReport report = Soak.soak(new SoakPlan(SoakRuns.seed(), OPERATIONS, PERCENT, true), _ -> { });
    SoakRuns.assertClean(report);
    assertThat(report.altered()).isNotEmpty();
  }

  @Test
  void altered_answers_of_the_node_hide_no_operation() {
    SoakRuns.assertSimulatedEqual(SoakRuns.seed(), PERCENT);
  }
}
