package io.neuronledger.cli.stack.chain;

import io.neuronledger.contracts.value.WalletAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The chain that the stack follows. */
public sealed interface ChainSource {
  /**
   * The stack's own dev chain, with AccountLedger deployed on it.
   *
   * @param genesisTime the time of block 0 of a new chain; the current time when absent
   */
  record OwnDevChain(Optional<Instant> genesisTime) implements ChainSource {
    /** One that begins now. */
    public OwnDevChain() {
      this(Optional.empty());
    }
  }

  /** A chain given by the user. */
  sealed interface Given extends ChainSource {
    /** HTTP URLs of nodes of the same chain; the first that works is used. */
    List<String> rpcUrls();

    /** The WebSocket URL that announces new heads. */
    Optional<String> wsUrl();

    /** The settings of the followed contracts, by the indexer's configuration keys. */
    Map<String, String> followed();

    private static Map<String, String> followed(Map<String, String> contracts, Optional<Long> startBlock,
        List<String> accepted) {
      Map<String, String> followed = new TreeMap<>(contracts);
      startBlock.ifPresent(block -> followed.put("neuron-ledger.start-block", String.valueOf(block)));
      if (!accepted.isEmpty()) {
        followed.put("neuron-ledger.zero-g.implementations", String.join(",", accepted));
      }
      return followed;
    }

    /** All settings of the chain, by the indexer's configuration keys. */
    default Map<String, String> settings() {
      Map<String, String> settings = new TreeMap<>(followed());
      settings.put("neuron-ledger.rpc.urls", String.join(",", rpcUrls()));
      wsUrl().ifPresent(url -> settings.put("neuron-ledger.rpc.ws-url", url));
      return settings;
    }
  }

  /**
   * A given contract.
   *
   * @param family the indexer's name of the contract family
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
   * An AccountLedger on a dev chain. Its clock is moved, and each block is a second later however fast blocks are
   * mined: block time is not compared with the system clock.
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
   * A network that the indexer knows, with contracts, chain id, finality and start block.
   *
   * @param name {@code 0g-mainnet} for example
   * @param startBlock the first block, where it differs from the network's own
   * @param accepted further code that is accepted, by address or code hash
   */
  record Network(String name, List<String> rpcUrls, Optional<String> wsUrl, Optional<Long> startBlock,
      List<String> accepted) implements Given {
    /** The networks that the indexer knows. */
    public static final List<String> NAMES = List.of("0g-mainnet", "0g-galileo-testnet");

    @Override
    public Map<String, String> followed() {
      return Given.followed(Map.of("neuron-ledger.network", name), startBlock, accepted);
    }
  }

  /**
   * A network described by a file, in the form of the indexer's {@code networks/*.yaml}.
   *
   * @param startBlock the first block, where it differs from the file's
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
