package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stacks on one data folder: the second exits at once and changes nothing, until the first has ended. */
class SharedDataIT {
  private static final String HEAD = "/v1/status";

  @Test
  void the_second_stack_is_refused_until_the_first_one_is_killed(@TempDir Path folder) throws Exception {
    try (StackProcess first = StackProcess.start(folder, Map.of())) {
      String api = first.awaitApi();
      ProcessHandle postgres = child(folder, "postgresql/postmaster.pid");
      ProcessHandle anvil = child(folder, "chain/anvil.pid");
      String log = Files.readString(folder.resolve(".ledger/up.log"));
      assertThat(log).isNotBlank();

      try (StackProcess second = StackProcess.start(folder, Map.of())) {
        assertThat(second.awaitEnd()).as(second.output()).isEqualTo(2);
        assertThat(second.output().lines()).singleElement().asString()
            .contains(folder.resolve("data").toString(), "process " + first.pid(), api);
      }
      assertThat(postgres.isAlive()).isTrue();
      assertThat(anvil.isAlive()).isTrue();
      assertThat(first.awaitLedger().get(HEAD).statusCode()).isEqualTo(200);
      assertThat(Files.readString(folder.resolve(".ledger/up.log"))).startsWith(log);

      first.kill();
      assertThat(postgres.isAlive()).as("PostgreSQL outlives its parent").isTrue();
      assertThat(anvil.isAlive()).as("the dev chain outlives its parent").isTrue();
      try (StackProcess third = StackProcess.start(folder, Map.of())) {
        assertThat(third.awaitLedger().get(HEAD).statusCode()).isEqualTo(200);
        assertThat(third.stop()).isZero();
      }
    }
  }

  /** Both files start with the process id. */
  private static ProcessHandle child(Path folder, String pidFile) throws IOException {
    String text = Files.readString(folder.resolve("data").resolve(pidFile));
    return ProcessHandle.of(Long.parseLong(text.split("\\s", 2)[0])).orElseThrow();
  }
}
