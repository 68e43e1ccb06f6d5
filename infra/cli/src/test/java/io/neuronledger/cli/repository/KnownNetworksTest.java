package io.neuronledger.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.wallet.plan.KnownNetwork;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A wallet sends to the contract that the indexer follows. */
class KnownNetworksTest {
  private static final Path NETWORKS = Path.of("chain-indexer/src/main/resources/networks");

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
}
