package io.neuronledger.local.stack;

import io.neuronledger.contracts.value.WalletAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which chain the stack follows. */
public sealed interface ChainSource {
  /** A dev chain of its own, with AccountLedger deployed on it. */
  record OwnDevChain() implements ChainSource {}

  /** A chain of the user's. */
  sealed interface Given extends ChainSource {
    /** HTTP endpoints of nodes of the same chain; the first that works is used. */
    List<String> rpcUrls();

    /** Where new heads are announced. */
    Optional<String> wsUrl();

    /** What is followed there, by the indexer's configuration keys. */
    Map<String, String> followed();

    private static Map<String, String> followed(Map<String, String> what, Optional<Long> startBlock,
        List<String> accepted) {
      Map<String, String> followed = new TreeMap<>(what);
      startBlock.ifPresent(block -> followed.put("neuron-ledger.start-block", String.valueOf(block)));
      if (!accepted.isEmpty()) {
        followed.put("neuron-ledger.zero-g.implementations", String.join(",", accepted));
      }
      return followed;
    }

    /** All that the indexer is told of it, by its configuration keys. */
    default Map<String, String> settings() {
      Map<String, String> settings = new TreeMap<>(followed());
      settings.put("neuron-ledger.rpc.urls", String.join(",", rpcUrls()));
      wsUrl().ifPresent(url -> settings.put("neuron-ledger.rpc.ws-url", url));
      return settings;
    }
  }

  /**
   * A contract of one's own.
   *
   * @param family as the indexer calls it
   * @param startBlock the first block to follow, at or before the contract's deployment
   * @param accepted code of the 0G contracts that is accepted, by address or code hash
   */
  record ContractOn(String family, List<String> rpcUrls, Optional<String> wsUrl, WalletAddress contract,
      long startBlock, List<String> accepted) implements Given {
    public ContractOn {
      rpcUrls = List.copyOf(rpcUrls);
      accepted = List.copyOf(accepted);
    }

    @Override
    public Map<String, String> followed() {
      return Given.followed(Map.of("neuron-ledger.family", family, "neuron-ledger.contract", contract.toString()),
          Optional.of(startBlock), accepted);
    }
  }

  /**
   * An AccountLedger on a dev chain of ours. Its clock is moved, and a second passes with every block however fast they
   * are mined: block time is not compared with ours.
   *
   * @param startBlock as for {@link ContractOn}
   */
  record AccountLedgerOnDevChain(String rpcUrl, Optional<String> wsUrl, WalletAddress contract, long startBlock)
      implements Given {
    @Override
    public List<String> rpcUrls() {
      return List.of(rpcUrl);
    }

    @Override
    public Map<String, String> followed() {
      return Map.of("neuron-ledger.contract", contract.toString(), "neuron-ledger.start-block",
          String.valueOf(startBlock), "neuron-ledger.follow.block-time-tolerance", "PT0S");
    }
  }

  /**
   * A network that the indexer knows: its contracts, chain id, finality and start come with it.
   *
   * @param name {@code 0g-mainnet} for example
   * @param startBlock another first block than the network's own
   * @param accepted further code that is accepted, by address or code hash
   */
  record Network(String name, List<String> rpcUrls, Optional<String> wsUrl, Optional<Long> startBlock,
      List<String> accepted) implements Given {
    /** Those that come with the indexer. */
    public static final List<String> NAMES = List.of("0g-mainnet", "0g-galileo-testnet");

    @Override
    public Map<String, String> followed() {
      return Given.followed(Map.of("neuron-ledger.network", name), startBlock, accepted);
    }
  }

  /**
   * A network that a file describes, in the form of the indexer's own {@code networks/*.yaml}.
   *
   * @param startBlock another first block than the file's
   * @param accepted further code that is accepted, by address or code hash
   */
  record NetworkFile(Path file, List<String> rpcUrls, Optional<String> wsUrl, Optional<Long> startBlock,
      List<String> accepted) implements Given {
    @Override
    public Map<String, String> followed() {
      return Given.followed(Map.of("spring.config.additional-location", file.toUri().toString()), startBlock, accepted);
    }
  }
}
