package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A stack that ends by itself prints the reason and leaves no child process. */
class EndingIT {
  private static final String FILLER = "filler";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void a_signal_stops_the_first_start(@TempDir Path folder) throws Exception {
    try (StackProcess stack = StackProcess.start(folder, Map.of())) {
      Path postgres = folder.resolve("data/postgresql/postmaster.pid");
      Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(postgres));
      assertThat(stack.stop()).isEqualTo(1);
      assertThat(stack.output()).contains("Stopping ...").endsWith(
          "Stopped before it was ready; the next start resumes from here.\n").doesNotContain("Ready.");
      assertThat(postgres).doesNotExist();
    }
  }

  @Test
  void a_halted_broker_prints_the_reason_and_leaves_no_child_process(@TempDir Path folder) throws Exception {
    try (StackProcess stack = StackProcess.start(folder, Map.of())) {
      stack.awaitApi();
      long anvil = Long.parseLong(Files.readString(folder.resolve("data/chain/anvil.pid")).split(" ", 2)[0]);
      Files.move(folder.resolve("data/kafka"), folder.resolve("data/kafka.elsewhere"));
      assertThat(stack.awaitEnd()).isEqualTo(1);
      assertThat(stack.output().lines().toList().getLast())
          .isEqualTo("ledger: Kafka's broker halted the process; the log has the reason.");
      assertThat(ProcessHandle.of(anvil)).isEmpty();
      Path postgres = folder.resolve("data/postgresql/postmaster.pid");
      Awaitility.await().atMost(PATIENCE).until(() -> !Files.exists(postgres));
    }
  }

  /**
   * A disk that fills slowly, and one that fills faster than it is checked, where a broker that cannot write halts the
   * process: what was stored is there after each. Uses a small disk: runs only where this test may mount one.
   */
  @Test
  void a_full_disk_is_reported_last_and_no_data_is_lost(@TempDir Path folder) throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Assumptions.assumeTrue(succeeds("mount", "-t", "tmpfs", "-o", "size=700m", "tmpfs", data.toString()));
    try {
      JsonNode head;
      try (StackProcess stack = StackProcess.start(folder, Map.of(), "--play")) {
        head = fill(stack, data, 30 << 20);
      }
      assertThat(data.resolve("postgresql/postmaster.pid")).doesNotExist();
      Files.delete(data.resolve(FILLER));
      try (StackProcess next = StackProcess.start(folder, Map.of())) {
        assertThat(fill(next, data, 0)).isEqualTo(head);
      }
      Awaitility.await().atMost(PATIENCE).until(() -> !Files.exists(data.resolve("postgresql/postmaster.pid")));
      Files.delete(data.resolve(FILLER));
      try (StackProcess last = StackProcess.start(folder, Map.of())) {
        last.awaitApi();
        assertThat(newestBlock(last)).isEqualTo(head);
        assertThat(last.stop()).isZero();
      }
    } finally {
      succeeds("umount", data.toString());
    }
  }

  /** Fills the disk of a stack that is ready, but for so many bytes. @return its newest block before */
  private static JsonNode fill(StackProcess stack, Path data, long left) throws IOException {
    stack.awaitApi();
    JsonNode head = newestBlock(stack);
    fill(data, left);
    assertThat(stack.awaitEnd()).isEqualTo(1);
    assertThat(stack.output().lines().toList().getLast()).contains("the disk of " + data + " is full");
    return head;
  }

  private static JsonNode newestBlock(StackProcess stack) {
    return new JsonRpc(stack.rpcUrl()).call("eth_getBlockByNumber", "latest", false).path("hash");
  }

  /** Again and again: the stack writes between the measuring and the filling. */
  private static void fill(Path data, long left) {
    Awaitility.await().atMost(PATIENCE).until(() -> succeeds("fallocate", "-l",
        String.valueOf(Files.getFileStore(data).getUsableSpace() - left), data.resolve(FILLER).toString()));
  }

  private static boolean succeeds(String... arguments) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(arguments).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
