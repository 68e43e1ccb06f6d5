package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.TokenSource;
import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.DevelopmentKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ledger up --play}: the stack has data to query and a key to query it, and its addresses are in a file. */
class PlayIT {
  @Test
  void usage_and_settlements_are_played_and_all_addresses_are_in_one_file(@TempDir Path folder) throws Exception {
    try (StackProcess stack = StackProcess.start(folder, Map.of(), "--play")) {
      LedgerApi ledger = stack.awaitLedger();
      assertThat(ledger.getOk("/v1/settlements?limit=100").get("settlements").size())
          .as("two of the life cycle, eight of the marketplace").isEqualTo(10);
      assertThat(ledger.getOk("/v1/reports/settlement").get("rows").findValuesAsString("requests"))
          .containsExactlyInAnyOrder("0", "100", "100", "100");
      assertDevelopmentKey(stack, ledger, folder.resolve("data"));
      Properties addresses = new Properties();
      try (Reader file = Files.newBufferedReader(folder.resolve("data").resolve("addresses.properties"))) {
        addresses.load(file);
      }
      assertThat(addresses.stringPropertyNames())
          .containsExactlyInAnyOrder("query", "command", "indexer", "issuer", "rpc", "kafka", "postgres");
      assertThat(stack.output()).contains(folder.resolve("data").resolve(BrokerAccess.CLIENT_FILE)
          + "  (a subscriber's client)").contains("POST " + addresses.getProperty("command")
          + "/v1/sign-in/nonces, then /v1/sign-in  (EIP-4361, chain 31337)");
      assertThat(addresses.getProperty("kafka")).isEqualTo(stack.kafka().bootstrapServers());
      assertThat(addresses.getProperty("postgres")).matches("127\\.0\\.0\\.1:\\d+");
      assertThat(stack.stop()).isZero();
    }
  }

  /** The printed key reads, and changes nothing; without one nobody is answered. */
  private static void assertDevelopmentKey(StackProcess stack, LedgerApi ledger, Path data) throws IOException {
    Path header = data.resolve(DevelopmentKey.FILE);
    String key = Files.readString(header).strip().replace("Authorization: Bearer ", "");
    assertThat(stack.output()).contains("development key " + key, "curl -s -H @" + header);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(header))).isEqualTo("rw-------");
    LedgerApi asked = ledger.as(() -> Optional.of(key));
    assertThat(asked.get("/v1/settlements").statusCode()).isEqualTo(200);
    assertThat(asked.post("/v1/admin/rebuild").body()).contains("insufficient-scope");
    assertThat(ledger.as(TokenSource.none()).get("/v1/status").body()).contains("credential-missing");
    StringWriter printed = new StringWriter();
    assertThat(Cli.commandLine().setOut(new PrintWriter(printed)).execute("token", "--data", data.toString())).isZero();
    String token = printed.toString().strip();
    assertThat(ledger.as(() -> Optional.of(token)).get("/v1/admin/quarantine").statusCode()).isEqualTo(200);
  }
}
