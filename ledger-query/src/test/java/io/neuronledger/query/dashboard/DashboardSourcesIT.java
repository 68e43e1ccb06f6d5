package io.neuronledger.query.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The dashboard's own tests: amounts, times, places, what would refuse. The build has installed what they need. */
class DashboardSourcesIT {
  private static final Path SOURCES = Path.of("src/main/web").toAbsolutePath();

  @Test
  void its_tests_pass() throws IOException, InterruptedException {
    Process tests = new ProcessBuilder(List.of("node", "node_modules/vitest/vitest.mjs", "run", "--reporter=tap-flat"))
        .directory(SOURCES.toFile()).redirectErrorStream(true).start();
    tests.getOutputStream().close();
    String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tests.waitFor()).as(output).isZero();
    assertThat(output.lines().filter(line -> line.startsWith("ok "))).as(output).hasSizeGreaterThan(10);
  }
}
