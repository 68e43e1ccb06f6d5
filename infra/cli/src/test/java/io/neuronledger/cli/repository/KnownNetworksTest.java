package io.neuronledger.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.wallet.plan.KnownNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A wallet sends to the contract that the indexer follows, and so does the dashboard. */
class KnownNetworksTest {
  private static final Path NETWORKS = Path.of("chain-indexer/src/main/resources/networks");
  private static final Path CONTRACTS = Path.of("ledger-query/src/main/web/src/chain/contracts.ts");
  /** As the dashboard writes their chain ids. */
  private static final Map<KnownNetwork, String> NAMES =
      Map.of(KnownNetwork.MAINNET, "MAINNET", KnownNetwork.GALILEO_TESTNET, "GALILEO");

  @Test
  void the_wallets_networks_are_those_of_the_indexer() {
    Repository repository = Repository.ofThisBuild();
    List<String> texts = repository.files(".yaml").stream().filter(file -> file.startsWith(NETWORKS))
        .map(repository::text).toList();
    assertThat(texts).hasSameSizeAs(KnownNetwork.values());
    for (KnownNetwork network : KnownNetwork.values()) {
      assertThat(texts).as(network.name()).anyMatch(text -> text.contains("  chain-id: " + network.chainId() + "\n")
          && text.contains("  contract: \"" + network.contract().checksummed() + "\"\n"));
    }
  }

  @Test
  void the_dashboards_networks_are_those_of_the_wallet() {
    String text = Repository.ofThisBuild().text(CONTRACTS);
    assertThat(text.substring(text.indexOf("const PUBLIC_NETWORKS")).lines().filter(line -> line.startsWith("  [")))
        .containsExactlyElementsOf(Stream.of(KnownNetwork.values()).map(network ->
            "  [" + NAMES.get(network) + ", '" + network.contract().checksummed() + "'],").toList());
    assertThat(text).contains(Stream.of(KnownNetwork.values()).map(network ->
        "const " + NAMES.get(network) + " = " + network.chainId() + ";").toList());
  }
}
