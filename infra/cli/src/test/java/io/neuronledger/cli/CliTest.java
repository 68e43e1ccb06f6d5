package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.testkit.servers.FolderLock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Invalid arguments are reported in one line, with exit code 2, before anything starts. */
class CliTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = Cli.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  @Test
  void help_names_every_command() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("up", "demo", "test", "bench", "unpark", "rebuild", "check", "verify-trace",
        "status", "keys", "alerts", "webhooks", "discrepancies", "close", "export", "logs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "demo", "bench", "soak", "unpark", "rebuild", "test", "check", "verify-trace",
      "status", "keys", "alerts", "webhooks", "discrepancies", "close", "export", "logs"})
  void every_command_explains_itself(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(run("help", command)).isZero();
    assertThat(out.toString()).contains("Usage: ledger " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "upp",
      "up --contract 0x5fbdb2315678afecb367f032d93f642f64180aa3",
      "up --start-block 5",
      "up --rpc-url http://127.0.0.1:1",
      "up --rpc-url http://127.0.0.1:1 --contract 0x12",
      "up --rpc-url http://127.0.0.1:1 --contract 0x5fbdb2315678afecb367f032d93f642f64180aa3 --start-block -1",
      "up --rpc-url http://127.0.0.1:1 --contract 0x5fbdb2315678afecb367f032d93f642f64180aa3 --play",
      "up --rpc-url http://127.0.0.1:1 --contract 0x5FbDB2315678afecb367f032d93F642f64180aA3",
      "up --rpc-url http://127.0.0.1:1 --family 0g",
      "up --rpc-url http://127.0.0.1:1 --family 1g --contract 0x5fbdb2315678afecb367f032d93f642f64180aa3",
      "up --family 0g",
      "up --accept 0x5fbdb2315678afecb367f032d93f642f64180aa3",
      "up --rpc-url http://127.0.0.1:1 --contract 0x5fbdb2315678afecb367f032d93f642f64180aa3 --accept 0x12",
      "up --network 0g-mainnet --rpc-url http://127.0.0.1:1 --family 0g",
      "up --network no-such-file.yaml --rpc-url http://127.0.0.1:1",
      "up --network 0g-mainnet",
      "soak --ops 0",
      "soak --node-trouble -1",
      "soak --node-trouble 51",
      "up --network 0g-moon --rpc-url http://127.0.0.1:1",
      "up --network 0g-mainnet --rpc-url http://127.0.0.1:1 --contract 0x5fbdb2315678afecb367f032d93f642f64180aa3",
      "up --network 0g-mainnet --rpc-url http://127.0.0.1:1 --start-block -1",
      "up --port 65536",
      "up --port -1",
      "up --free-min -1",
      "bench --events 3999",
      "bench --runs 0",
      "bench --wallets 0",
      "bench --wallets 1000 --events many",
      "bench --only index,everything",
      "bench --only",
      "bench --workload odd",
      "bench --full --events 5000",
      "bench --full --only index",
      "unpark --owner 0x12",
      "logs verify --service subscriber --url http://127.0.0.1:1",
      "check --block -1",
      "check --block last",
      "check --url http://127.0.0.1:1",
      "check --url http://127.0.0.1:1 --rpc-url http://127.0.0.1:1",
      "check --command-url http://127.0.0.1:1",
      "check --url http://127.0.0.1:1 --command-url http://127.0.0.1:1 --rpc-url nowhere",
      "verify-trace",
      "verify-trace no-such-file.json",
      "demo --jason out.json"})
  void invalid_arguments_are_explained(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank();
  }

  @Test
  void the_folder_of_a_running_soak_is_unchanged(@TempDir Path home) throws Exception {
    Path folder = home.resolve(".ledger").resolve("chaos-7");
    System.setProperty("neuron-ledger.home", home.toString());
    try (FolderLock _ = FolderLock.inside(folder)) {
      Path kept = Files.writeString(folder.resolve("kept"), "");
      assertThat(run("soak", "--chaos", "--seed", "7", "--ops", "1")).isEqualTo(2);
      assertThat(err.toString().lines()).singleElement().asString().contains(folder.toString(), "is in use by process");
      assertThat(kept).exists();
    } finally {
      System.clearProperty("neuron-ledger.home");
    }
  }

  @Test
  void a_port_in_use_is_named_with_a_way_out(@TempDir Path folder) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(other.getLocalPort());
      assertThat(run("up", "--port", port, "--data", folder.toString())).isEqualTo(2);
      assertThat(err.toString().lines()).singleElement().asString().contains("port " + port, "ledger-query", "--port");
    }
  }

  @Test
  void a_folder_of_another_form_is_refused_and_left_alone(@TempDir Path folder) throws Exception {
    Path data = Files.createDirectory(folder.resolve("postgresql"));
    Path form = Files.writeString(folder.resolve("form"), "an older one");
    assertThat(run("up", "--port", "0", "--data", folder.toString())).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString()
        .contains("the data in " + folder + " have the form of another version");
    assertThat(data).isEmptyDirectory();
    assertThat(form).hasContent("an older one");
    Files.delete(form);
    assertThat(run("up", "--port", "0", "--data", folder.toString())).isEqualTo(2);
  }

  @Test
  void a_full_disk_is_named_before_anything_starts(@TempDir Path folder) throws Exception {
    assertThat(run("up", "--port", "0", "--free-min", "2000000000", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("the disk of " + folder, Files.getFileStore(folder).toString());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve(FolderLock.FILE));
    }
  }

  @Test
  void unpark_reports_that_no_stack_runs(@TempDir Path folder) {
    assertThat(run("unpark", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no stack runs on").contains("./ledger up");
  }
}
