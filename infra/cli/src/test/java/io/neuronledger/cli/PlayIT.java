package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.demo.Play;
import io.neuronledger.cli.play.Alerting;
import io.neuronledger.cli.play.EveryParameter;
import io.neuronledger.cli.play.OperatorLife;
import io.neuronledger.cli.play.PlayedLedger;
import io.neuronledger.cli.play.Reads;
import io.neuronledger.cli.play.WalletCommands;
import io.neuronledger.cli.play.WalletLife;
import io.neuronledger.cli.play.WalletPage;
import io.neuronledger.cli.play.Writes;
import io.neuronledger.cli.repository.ShownAnswer;
import io.neuronledger.cli.repository.ShownCommand;
import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.DevelopmentKey;
import io.neuronledger.client.TokenSource;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code ./ledger up --play}: the stack has data to query and keys to query it, its addresses are in a file, the
 * commands of the documents answer what is shown, and a generated client gets what the life cycle has made.
 */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
@SuppressWarnings("ClassCanBeStatic") // JUnit nests inner classes only.
class PlayIT {
  /** The newest block after the play. */
  private static final int NEWEST = 34;
  /** A wallet of the dev chain that the play leaves alone. */
  private static final DevWallet UNUSED = DevWallet.funded(9);

  private static Path folder;
  private static StackProcess stack;
  private static PlayedLedger played;

  /** The folder is where a newcomer would be, so that the data is in {@code .ledger/data}. */
  @BeforeAll
  static void play(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.createSymbolicLink(Files.createDirectories(folder.resolve(".ledger")).resolve("data"), data);
    Files.createSymbolicLink(folder.resolve("api-contracts"),
        Path.of("../../api-contracts").toAbsolutePath().normalize());
    stack = StackProcess.start(folder, Map.of("NEURON_LEDGER_ALERTS_WHOLE_EVERY", "1s",
        "NEURON_LEDGER_FOLLOW_STALL_MAX", "PT15S"), "--play");
    stack.awaitLedger().getUntil("/v1/status", status -> status.at("/as_of/block").asLong(0) == NEWEST
        && status.at("/as_of/guard").asString("").equals("proved"));
    played = PlayedLedger.on(data);
  }

  @AfterAll
  static void stop() {
    assertThat(stack.stop()).isZero();
  }

  @Test
  void usage_and_settlements_are_played_and_all_addresses_are_in_one_file() throws IOException {
    LedgerApi ledger = stack.awaitLedger();
    assertThat(ledger.getOk("/v1/settlements?limit=100").get("settlements").size())
        .as("two of the life cycle, eight of the marketplace").isEqualTo(10);
    assertThat(ledger.getOk("/v1/reports/settlement").get("rows").findValuesAsString("requests"))
        .as("one is left to be reported").containsExactlyInAnyOrder("0", "100", "99", "100");
    Properties addresses = new Properties();
    try (Reader file = Files.newBufferedReader(folder.resolve("data").resolve("addresses.properties"))) {
      addresses.load(file);
    }
    assertThat(addresses.stringPropertyNames())
        .containsExactlyInAnyOrder("query", "command", "indexer", "issuer", "rpc", "kafka", "postgres");
    assertThat(stack.output()).contains(folder.resolve("data").resolve(BrokerAccess.CLIENT_FILE)
        + "  (a subscriber's client)").contains("POST " + addresses.getProperty("command")
        + "/v1/sign-in/nonces, then /v1/sign-in  (EIP-4361, chain 31337)")
        .contains("dashboard       " + addresses.getProperty("query") + "/")
        .containsPattern("sign-in code    [A-Za-z0-9_-]{43}  \\(for the dashboard, once, as operator\\)");
    assertThat(addresses.getProperty("kafka")).isEqualTo(stack.kafka().bootstrapServers());
    assertThat(addresses.getProperty("postgres")).matches("127\\.0\\.0\\.1:\\d+");
  }

  @Test
  void the_prices_of_three_providers_are_played() {
    LedgerApi ledger = stack.awaitLedger();
    assertThat(ledger.getOk("/v1/prices").get("prices").findValuesAsString("model"))
        .containsExactlyInAnyOrder("glm-5-fp8", "whisper-large-v3", "flux-turbo");
    assertThat(ledger.getOk("/v1/prices?model=glm-5-fp8").at("/prices/0/cached_input_price").asString())
        .as("what the requests of the play paid").isEqualTo("493827160555");
  }

  /** The printed key reads, and changes nothing; without one nobody is answered. */
  @Test
  void the_development_key_reads() throws IOException {
    LedgerApi ledger = stack.awaitLedger();
    String key = key(DevelopmentKey.READING, "development key ");
    LedgerApi asked = ledger.as(() -> Optional.of(key));
    assertThat(asked.get("/v1/settlements").statusCode()).isEqualTo(200);
    assertThat(asked.post("/v1/admin/rebuild").body()).contains("insufficient-scope");
    assertThat(ledger.as(TokenSource.none()).get("/v1/status").body()).contains("credential-missing");
    StringWriter printed = new StringWriter();
    assertThat(Cli.commandLine().setOut(new PrintWriter(printed))
        .execute("token", "--data", folder.resolve("data").toString())).isZero();
    String token = printed.toString().strip();
    assertThat(ledger.as(() -> Optional.of(token)).get("/v1/admin/quarantine").statusCode()).isEqualTo(200);
    StringWriter code = new StringWriter();
    assertThat(Cli.commandLine().setOut(new PrintWriter(code))
        .execute("token", "--code", "--as", "approver", "--data", folder.resolve("data").toString())).isZero();
    assertThat(code.toString().strip()).matches("[A-Za-z0-9_-]{43}");
  }

  /** The other one reports for the play's provider, and reads nothing. */
  @Test
  void the_providers_key_reports() throws IOException {
    String key = key(DevelopmentKey.REPORTING, "provider's key  ");
    assertThat(stack.output()).contains("(reports usage of " + Play.provider().checksummed() + ")");
    StackAddresses addresses = StackAddresses.read(folder.resolve("data"));
    assertThat(new LedgerApi(addresses.query(), () -> Optional.of(key)).get("/v1/ledgers").body())
        .contains("insufficient-scope");
    assertThat(new LedgerApi(addresses.command(), () -> Optional.of(key)).post("/v1/usage", "{}").statusCode())
        .isEqualTo(400);
  }

  private static String key(DevelopmentKey.Purpose purpose, String line) throws IOException {
    Path header = folder.resolve("data").resolve(purpose.file());
    String key = Files.readString(header).strip().replace("Authorization: Bearer ", "");
    assertThat(stack.output()).contains(line + key, "curl -s -H @" + header);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(header))).isEqualTo("rw-------");
    return key;
  }

  private static String answer(ShownCommand shown) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder("bash", "-euo", "pipefail", "-c",
        shown.on(StackAddresses.read(folder.resolve("data")))).directory(folder.toFile()).redirectErrorStream(true);
    command.environment().put("LEDGER_CLIENT", System.getProperty("java.class.path"));
    command.environment().merge("PATH", System.getProperty("java.home") + "/bin",
        (path, java) -> java + File.pathSeparator + path);
    Process bash = command.start();
    bash.getOutputStream().close();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }

  /** In the order of the documents: one of them reports the request that is left. */
  @Nested
  @Order(1)
  class Documents {
    @ParameterizedTest
    @MethodSource("io.neuronledger.cli.repository.ShownCommand#toRun")
    void a_command_answers_what_is_shown(ShownCommand shown) throws IOException, InterruptedException {
      assertThat(ShownAnswer.normalized(shown.form(), answer(shown)))
          .isEqualTo(ShownAnswer.normalized(shown.form(), shown.answer()));
    }
  }

  /** Runs the {@code programs()} of its class. */
  abstract static class Programs {
    @ParameterizedTest
    @MethodSource("programs")
    void a_program_prints_what_is_shown(ShownCommand shown) throws IOException, InterruptedException {
      assertThat(answer(shown)).isEqualTo(shown.answer());
    }
  }

  /** The programs that read, before anything else is written. */
  @Nested
  @Order(2)
  class Clients extends Programs {
    static List<ShownCommand> programs() {
      return ShownCommand.ofClients(false);
    }
  }

  @Nested
  @Order(3)
  class Reading extends Reads {
    Reading() {
      super(played);
    }
  }

  @Nested
  @Order(4)
  class ReadingPage extends WalletPage {
    ReadingPage() {
      super(new WalletCommands(folder, DevWallet.funded(0)), true);
    }
  }

  /** After all that reads the newest state. */
  @Nested
  @Order(5)
  class Writing extends Writes {
    Writing() {
      super(played);
    }
  }

  /** With the reports of the one before, and with its blocks, which are final. */
  @Nested
  @Order(6)
  class Parameters extends EveryParameter {
    Parameters() {
      super(played);
    }
  }

  /** The programs that report usage, after all that knows how much there is. */
  @Nested
  @Order(7)
  class ReportingClients extends Programs {
    static List<ShownCommand> programs() {
      return ShownCommand.ofClients(true);
    }
  }

  @Nested
  @Order(8)
  class SendingPage extends WalletPage {
    SendingPage() {
      super(new WalletCommands(folder, DevWallet.funded(0)), false);
    }
  }

  /** After all that counts blocks and days: it lets a day pass. */
  @Nested
  @Order(9)
  class Life extends WalletLife {
    Life() {
      super(played, new WalletCommands(folder, UNUSED), UNUSED);
    }
  }

  /** After all that counts blocks: it moves the chain's clock, and takes back blocks. */
  @Nested
  @Order(10)
  class Alerts extends Alerting {
    Alerts() throws IOException {
      super(played);
    }
  }

  /** The last: it closes the month. */
  @Nested
  @Order(11)
  class Operating extends OperatorLife {
    Operating() {
      super(played);
    }
  }
}
