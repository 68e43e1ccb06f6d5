package io.neuronledger.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.StackProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The differential test while services and servers are killed, each with a message of a webhook on its way: every event
 * arrives, and what arrives again has the same id and the same bytes.
 */
class ChaosIT {
  private static final int OPERATIONS = 200;
  private static final long MESSAGES = 1_000;

  @Test
  void killed_services_and_servers_change_nothing(@TempDir Path folder) throws IOException {
    SoakReport report = Chaos.soak(new SoakPlan(SoakRuns.seed(), OPERATIONS, 0, true), folder,
        StackProcess.jarWithStoredClasses(), _ -> { });
    SoakRuns.assertClean(report);
    assertThat(report.kills()).isGreaterThanOrEqualTo(5);
    assertThat(report.messages().received() - report.messages().repeated()).isGreaterThanOrEqualTo(MESSAGES);
    assertThat(report.messages().repeated()).as("ledger-query was killed before it knew the answer").isPositive();
  }
}
