package io.neuronledger.indexer.wiring;

import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What is followed. Stored with the data: a start with other values is refused. Environment: {@code NEURON_LEDGER_…}.
 *
 * @param family which contracts: {@code account-ledger}
 * @param contract their addresses, in the family's order; required
 * @param startBlock the first block followed: that of the deployment, or earlier; required
 * @param lanes the number of numbered partitions, 1 to 1,024
 * @param chainId the chain's EIP-155 id, checked against every node; absent: whichever the first node follows
 */
@ConfigurationProperties("neuron-ledger")
public record DeploymentSettings(String family, List<String> contract, long startBlock, int lanes,
    Optional<Long> chainId) {
  private static final String ENV = "NEURON_LEDGER_";

  public DeploymentSettings {
    contract = List.copyOf(contract);
    Setting.require(family.equals(AccountLedgerFamily.NAME), ENV + "FAMILY", "must be " + AccountLedgerFamily.NAME,
        family);
    Setting.require(!contract.isEmpty(), ENV + "CONTRACT", "must name the contract's address", "empty");
    for (String address : contract) {
      Setting.require(isAddress(address), ENV + "CONTRACT", "must hold addresses, 0x and 40 hex digits", address);
      Setting.require(Checksum.isRight(address), ENV + "CONTRACT", "holds an address whose EIP-55 checksum is wrong",
          address);
    }
    Setting.require(new HashSet<>(addresses(contract)).size() == contract.size(), ENV + "CONTRACT",
        "must not name an address twice", contract);
    Setting.between(startBlock, 0, Long.MAX_VALUE, ENV + "START_BLOCK");
    Setting.between(lanes, 1, 1024, ENV + "LANES");
    chainId.ifPresent(id -> Setting.between(id, 1, Long.MAX_VALUE, ENV + "CHAIN_ID"));
  }

  List<WalletAddress> addresses() {
    return addresses(contract);
  }

  private static List<WalletAddress> addresses(List<String> contract) {
    return contract.stream().map(WalletAddress::parse).toList();
  }

  Lanes numbered() {
    return new Lanes(lanes);
  }

  private static boolean isAddress(String text) {
    try {
      WalletAddress.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
