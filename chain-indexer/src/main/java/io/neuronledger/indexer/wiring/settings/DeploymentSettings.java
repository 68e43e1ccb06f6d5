package io.neuronledger.indexer.wiring.settings;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.indexer.follow.start.FollowSetup;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The deployment to follow. Stored with the data: a start with other values is refused. Environment: {@code
 * NEURON_LEDGER_…}.
 *
 * @param network a known network, which supplies further settings; empty for none
 * @param family the kind of contracts: {@code account-ledger} or {@code 0g}
 * @param contract the address of AccountLedger, or of LedgerManager; required
 * @param startBlock the first block followed: that of the deployment, or earlier; required
 * @param partitions the number of partitions, 1 to 1,024
 * @param chainId the chain's EIP-155 id, checked against every node; absent to accept the first node's
 */
@ConfigurationProperties("neuron-ledger")
public record DeploymentSettings(String network, String family, List<String> contract, long startBlock, int partitions,
    Optional<Long> chainId) {
  private static final String ENV = "NEURON_LEDGER_";
  /** The networks of this program: resources {@code networks/*.yaml}. */
  private static final List<String> NETWORKS = List.of("0g-galileo-testnet", "0g-mainnet");
  private static final List<String> FAMILIES = List.of(AccountLedgerFamily.NAME, ZeroGFamily.NAME);

  public DeploymentSettings {
    contract = List.copyOf(contract);
    Setting.require(network.isEmpty() || NETWORKS.contains(network), ENV + "NETWORK",
        "must be one of " + NETWORKS + ", or empty", network);
    Setting.require(FAMILIES.contains(family), ENV + "FAMILY", "must be one of " + FAMILIES, family);
    Setting.require(!contract.isEmpty(), ENV + "CONTRACT", "must name the contract's address", "empty");
    for (String address : contract) {
      Setting.require(isAddress(address), ENV + "CONTRACT", "must hold addresses, 0x and 40 hex digits", address);
      Setting.require(isTyped(address), ENV + "CONTRACT", "holds an address whose EIP-55 checksum is wrong",
          address);
    }
    Setting.require(new HashSet<>(addresses(contract)).size() == contract.size(), ENV + "CONTRACT",
        "must not name an address twice", contract);
    Setting.require(contract.size() == 1, ENV + "CONTRACT", family.equals(ZeroGFamily.NAME)
        ? "must name LedgerManager alone: the serving contracts are registered with it"
        : "must name one AccountLedger: one stack follows one deployment", contract);
    Setting.between(startBlock, 0, Long.MAX_VALUE, ENV + "START_BLOCK");
    Setting.between(partitions, 1, 1024, ENV + "PARTITIONS");
    chainId.ifPresent(id -> Setting.between(id, 1, Long.MAX_VALUE, ENV + "CHAIN_ID"));
  }

  public List<WalletAddress> addresses() {
    return addresses(contract);
  }

  private static List<WalletAddress> addresses(List<String> contract) {
    return contract.stream().map(WalletAddress::parse).toList();
  }

  /** @throws StartRefused if the contracts' code at the start block is not described */
  public FollowSetup setup(ZeroGSettings zeroG) {
    return new FollowSetup(chainId, contracts(zeroG), addresses(), startBlock, partitions);
  }

  private ContractFamily contracts(ZeroGSettings zeroG) {
    WalletAddress address = addresses().getFirst();
    if (!family.equals(ZeroGFamily.NAME)) {
      return new AccountLedgerFamily(address);
    }
    zeroG.checkStart(startBlock);
    return new ZeroGFamily(address, zeroG.known(), zeroG.minima());
  }

  /** Whether the letters are all of one case, or carry the EIP-55 checksum. */
  static boolean isTyped(String address) {
    try {
      WalletAddress.typed(address);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean isAddress(String text) {
    try {
      WalletAddress.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
