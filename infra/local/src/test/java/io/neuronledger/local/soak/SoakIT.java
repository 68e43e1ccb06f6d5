package io.neuronledger.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.local.trace.SimulatedSoak;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The differential test: for any history of the chain, the ledger's answers equal the contract's. {@code -Dseed=N}
 * repeats a run.
 */
class SoakIT {
  private static final int OPERATIONS = 2_000;
  private static final int OPERATIONS_IN_CHAOS = 200;
  private static final int SIMULATED = 150;
  private static final int OPERATIONS_IN_TROUBLE = 400;
  private static final int NODE_TROUBLE = 20;

  private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));

  @Test
  void every_owner_at_every_block_equals_the_contract() {
    System.out.println("seed " + seed);
    SoakReport report = Soak.soak(new SoakPlan(seed, OPERATIONS, 0), _ -> { });
    System.out.println(report);
    assertClean(report);
    assertThat(report.operations()).isGreaterThanOrEqualTo(OPERATIONS);
    assertThat(report.forks()).isPositive();
  }

  @Test
  void killed_services_and_servers_change_nothing(@TempDir Path folder) {
    System.out.println("seed " + seed);
    SoakReport report = Chaos.soak(new SoakPlan(seed, OPERATIONS_IN_CHAOS, 0), folder, _ -> { });
    System.out.println(report);
    assertClean(report);
    assertThat(report.kills()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void hidden_operations_are_in_the_ledger_at_every_block() {
    StringWriter shown = new StringWriter();
    boolean equal = SimulatedSoak.run(seed, SIMULATED, 0, new PrintWriter(shown));
    System.out.println("seed " + seed + "\n" + shown);
    assertThat(equal).as("seed %d%n%s", seed, shown).isTrue();
  }

  @Test
  void altered_answers_of_the_node_cost_time_only() {
    System.out.println("seed " + seed);
    SoakReport report = Soak.soak(new SoakPlan(seed, OPERATIONS_IN_TROUBLE, NODE_TROUBLE), _ -> { });
    System.out.println(report);
    assertClean(report);
    assertThat(report.altered()).isNotEmpty();
    StringWriter shown = new StringWriter();
    boolean equal = SimulatedSoak.run(seed, SIMULATED, NODE_TROUBLE, new PrintWriter(shown));
    System.out.println(shown);
    assertThat(equal).as("seed %d%n%s", seed, shown).isTrue();
  }

  private static void assertClean(SoakReport report) {
    assertThat(report.mismatches()).as("seed %d", report.seed()).isEmpty();
    assertThat(report.discrepancies()).as("seed %d", report.seed()).isEmpty();
    assertThat(report.faults()).as("seed %d", report.seed()).isEmpty();
    assertThat(report.comparisons()).isPositive();
    assertThat(report.published()).isPositive();
  }
}
