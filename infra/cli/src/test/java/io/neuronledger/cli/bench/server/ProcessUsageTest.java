package io.neuronledger.cli.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
  /** Larger than Linux gives to any process. */
  private static final long NO_PROCESS = 1L << 30;

  @Test
  void what_is_not_reported_is_unknown() {
    for (boolean family : new boolean[] {false, true}) {
      ProcessUsage nobody = new ProcessUsage("nobody", NO_PROCESS, family);
      assertThat(nobody.cpuSeconds()).isEmpty();
      assertThat(nobody.peakMegabytes()).isEmpty();
    }
  }

  @Test
  void this_process_uses_some_of_both() {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")));
    ProcessUsage own = ProcessUsage.ownOf("this");
    assertThat(own.cpuSeconds()).isPresent();
    assertThat(own.cpuSeconds().orElseThrow()).isPositive();
    assertThat(own.peakMegabytes().orElseThrow()).isGreaterThan(10);
  }

  @Test
  void a_family_uses_at_least_what_its_head_does() {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")));
    double alone = ProcessUsage.ownOf("this").cpuSeconds().orElseThrow();
    ProcessUsage family = new ProcessUsage("this", ProcessHandle.current().pid(), true);
    assertThat(family.cpuSeconds().orElseThrow()).isGreaterThanOrEqualTo(alone);
  }
}
