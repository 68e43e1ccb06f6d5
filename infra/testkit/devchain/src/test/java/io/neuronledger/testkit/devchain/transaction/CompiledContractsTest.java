package io.neuronledger.testkit.devchain.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed artifacts match the sources. */
class CompiledContractsTest {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path ROOT = MODULE.resolve("../../..").normalize();
  private static final String PUBLISHED_ABI = "api-contracts/src/main/resources/abi/AccountLedger.json";

  /** The ABI published to other services is exactly that of the byte code. */
  private static final List<String> DECLARED = List.of(
      "Deposit(address indexed owner, address indexed payer, uint256 amount)",
      "Transfer(address indexed owner, address indexed provider, string service, bool toProvider, uint256 amount,"
          + " uint256 cancelled)",
      "RefundRequested(address indexed owner, address indexed provider, string service, uint256 amount,"
          + " uint256 unlocksAt)",
      "Settled(address indexed owner, address indexed provider, string service, uint256 asked, uint256 amount,"
          + " uint8 status, uint256 nonce)",
      "Withdraw(address indexed owner, uint256 amount)",
      "SubAccountClosed(address indexed owner, address indexed provider, string service)",
      "LedgerClosed(address indexed owner)",
      "LockPeriodSet(string service, uint256 seconds_)",
      "ServiceRegistered(string service, uint256 lockPeriod)",
      "ProviderAcknowledged(address indexed owner, address indexed provider, string service, bool acknowledged)",
      "ServiceUpdated(address indexed provider, string service, string serviceType, string url, uint256 inputPrice,"
          + " uint256 outputPrice, uint256 updatedAt, string model, string verifiability, string additionalInfo)",
      "ServiceRemoved(address indexed provider, string service)");

  @Test
  void compiling_again_gives_the_committed_files(@TempDir Path out) throws IOException, InterruptedException {
    Path log = out.resolve("compile.log");
    Process compiler = new ProcessBuilder("node", MODULE.resolve("compile.mjs").toString(), "--out", out.toString())
        .redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(compiler.waitFor(120, TimeUnit.SECONDS)).as("compiled in time").isTrue();
    assertThat(compiler.exitValue()).as(Files.readString(log)).isZero();
    for (String file : List.of("infra/testkit/devchain/src/main/resources/devchain/AccountLedger.json",
        "infra/testkit/devchain/src/main/resources/devchain/Batcher.json",
        "infra/testkit/devchain/src/main/resources/devchain/PaymentVault.json",
        "infra/testkit/devchain/src/main/resources/devchain/RouterPool.json",
        "infra/testkit/devchain/src/test/resources/devchain/Reenterer.json", PUBLISHED_ABI)) {
      assertThat(ROOT.resolve(file)).as("run npm run compile in infra/testkit/devchain and commit")
          .hasSameTextualContentAs(out.resolve(file));
    }
  }

  @Test
  void the_published_abi_is_that_of_the_byte_code() throws IOException {
    JsonNode artifact = JsonMapper.shared().readTree(
        Files.readString(MODULE.resolve("src/main/resources/devchain/AccountLedger.json")));
    assertThat(published()).isEqualTo(artifact.path("abi"));
  }

  @Test
  void the_events_are_those_declared_to_the_last_argument() throws IOException {
    List<String> events = StreamSupport.stream(published().spliterator(), false)
        .filter(each -> each.path("type").asString().equals("event")).map(CompiledContractsTest::declaration).toList();
    assertThat(events).containsExactlyInAnyOrderElementsOf(DECLARED);
  }

  private static JsonNode published() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(ROOT.resolve(PUBLISHED_ABI)));
  }

  private static String declaration(JsonNode event) {
    return event.path("inputs").valueStream().map(each -> each.path("type").asString()
        + (each.path("indexed").asBoolean() ? " indexed " : " ") + each.path("name").asString())
        .collect(Collectors.joining(", ", event.path("name").asString() + "(", ")"));
  }
}
