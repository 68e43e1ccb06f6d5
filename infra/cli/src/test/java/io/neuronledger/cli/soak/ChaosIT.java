package io.neuronledger.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.StackProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The differential test while services and servers are killed. */
class ChaosIT {
  private static final int OPERATIONS = 200;

  @Test
  void killed_services_and_servers_change_nothing(@TempDir Path folder) throws IOException {
    SoakReport report = Chaos.soak(new SoakPlan(SoakRuns.seed(), OPERATIONS, 0, true), folder,
        StackProcess.jarWithStoredClasses(), _ -> { });
    SoakRuns.assertClean(report);
    assertThat(report.kills()).isGreaterThanOrEqualTo(5);
  }
}
