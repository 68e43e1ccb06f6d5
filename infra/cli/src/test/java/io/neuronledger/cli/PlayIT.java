package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.answer.LedgerApi;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ledger up --play}: the stack has data to query, and its addresses are in a file. */
class PlayIT {
  @Test
  void usage_and_settlements_are_played_and_all_addresses_are_in_one_file(@TempDir Path folder) throws Exception {
    try (StackProcess stack = StackProcess.start(folder, Map.of(), "--play")) {
      LedgerApi ledger = new LedgerApi(stack.awaitApi());
      assertThat(ledger.getOk("/v1/settlements?limit=100").get("settlements").size())
          .as("two of the life cycle, eight of the marketplace").isEqualTo(10);
      assertThat(ledger.getOk("/v1/reports/settlement").get("rows").findValuesAsString("requests"))
          .containsExactlyInAnyOrder("0", "100", "100", "100");
      Properties addresses = new Properties();
      try (Reader file = Files.newBufferedReader(folder.resolve("data").resolve("addresses.properties"))) {
        addresses.load(file);
      }
      assertThat(addresses.stringPropertyNames())
          .containsExactlyInAnyOrder("query", "command", "indexer", "rpc", "kafka", "postgres");
      assertThat(addresses.getProperty("kafka")).isEqualTo(stack.kafka().bootstrapServers());
      assertThat(addresses.getProperty("postgres")).matches("127\\.0\\.0\\.1:\\d+");
      assertThat(stack.stop()).isZero();
    }
  }
}
