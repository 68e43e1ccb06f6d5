package io.neuronledger.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.trace.SimulatedSoak;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ThreadLocalRandom;

/** The seed of a run and its expectations, for the classes of the differential test; {@code -Dseed=N} repeats a run. */
final class SoakRuns {
  private static final int SIMULATED = 150;

  private SoakRuns() { }

  static long seed() {
    long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    System.out.println("seed " + seed);
    return seed;
  }

  static void assertClean(SoakReport report) {
    System.out.println(report);
    assertThat(report.mismatches()).as("seed %d", report.seed()).isEmpty();
    assertThat(report.discrepancies()).as("seed %d", report.seed()).isEmpty();
    assertThat(report.faults()).as("seed %d", report.seed()).isEmpty();
    assertThat(report.books().mismatches()).as("seed %d", report.seed()).isEmpty();
    assertThat(report.comparisons()).isPositive();
    assertThat(report.books().comparisons()).isPositive();
    assertThat(report.published()).isPositive();
    assertThat(report.messages().received()).isPositive();
  }

  /** A run of the simulated 0G contracts; {@code nodeTrouble} of a hundred answers of the node are altered. */
  static void assertSimulatedEqual(long seed, int nodeTrouble) {
    StringWriter shown = new StringWriter();
    boolean equal = SimulatedSoak.run(seed, SIMULATED, nodeTrouble, new PrintWriter(shown));
    System.out.println(shown);
    assertThat(equal).as("seed %d%n%s", seed, shown).isTrue();
  }
}
