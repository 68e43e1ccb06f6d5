package io.neuronledger.local.stack;

import io.neuronledger.contracts.value.WalletAddress;
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

    /** All that the indexer is told of it, by its configuration keys. */
    default Map<String, String> settings() {
      Map<String, String> settings = new TreeMap<>(followed());
      settings.put("neuron-ledger.rpc.urls", String.join(",", rpcUrls()));
      wsUrl().ifPresent(url -> settings.put("neuron-ledger.rpc.ws-url", url));
      return settings;
    }
  }

  /**
   * An AccountLedger.
   *
   * @param startBlock the first block to follow, at or before the contract's deployment
   */
  record AccountLedgerOn(List<String> rpcUrls, Optional<String> wsUrl, WalletAddress contract, long startBlock)
      implements Given {
    @Override
    public Map<String, String> followed() {
      return Map.of("neuron-ledger.contract", contract.toString(), "neuron-ledger.start-block",
          String.valueOf(startBlock));
    }
  }

  /**
   * An AccountLedger on a dev chain of ours. Its clock is moved, and a second passes with every block however fast they
   * are mined: block time is not compared with ours.
   *
   * @param startBlock as for {@link AccountLedgerOn}
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
   */
  record Network(String name, List<String> rpcUrls, Optional<String> wsUrl, Optional<Long> startBlock)
      implements Given {
    /** Those that come with the indexer. */
    public static final List<String> NAMES = List.of("0g-mainnet", "0g-galileo-testnet");

    @Override
    public Map<String, String> followed() {
      Map<String, String> followed = new TreeMap<>(Map.of("neuron-ledger.network", name));
      startBlock.ifPresent(block -> followed.put("neuron-ledger.start-block", String.valueOf(block)));
      return followed;
    }
  }
}
