package io.neuronledger.cli;

import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The chain and contracts that {@code ./ledger up} follows. */
final class ChainOptions {
  private static final List<String> FAMILIES = List.of(AccountLedgerFamily.NAME, ZeroGFamily.NAME);

  @Option(names = "--rpc-url", paramLabel = "URL", description = "a node of the chain to follow; repeatable")
  private List<String> rpcUrls = List.of();

  @Option(names = "--ws-url", paramLabel = "URL", description = "the WebSocket URL where that node announces new heads")
  private Optional<String> wsUrl = Optional.empty();

  @Option(names = "--family", paramLabel = "NAME", description = "the family of --contract: account-ledger "
      + "(AccountLedger, the default) or 0g (LedgerManager of the 0G Compute contracts)")
  private Optional<String> family = Optional.empty();

  @Option(names = "--contract", paramLabel = "ADDRESS", description = "the AccountLedger or LedgerManager to follow")
  private Optional<String> contract = Optional.empty();

  @Option(names = "--accept", paramLabel = "CODE", split = ",", description = "family 0g: reviewed contract code, "
      + "by address or code hash; repeatable. The message about unknown code lists them")
  private List<String> accepted = List.of();

  @Option(names = "--network", paramLabel = "NAME|FILE", description = "follow the real contracts on a known network, "
      + "0g-mainnet or 0g-galileo-testnet, or on one described by a file in the same form; needs only --rpc-url "
      + "besides")
  private Optional<String> network = Optional.empty();

  @Option(names = "--start-block", paramLabel = "N",
      description = "the first block to follow (default: 0, or the network's own)")
  private Optional<Long> startBlock = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** @throws ParameterException for options that contradict each other */
  ChainSource source() {
    if (rpcUrls.isEmpty()) {
      if (contract.isPresent() || network.isPresent() || wsUrl.isPresent() || startBlock.isPresent()
          || family.isPresent() || !accepted.isEmpty()) {
        throw wrong("--contract, --family, --accept, --network, --ws-url and --start-block go with --rpc-url");
      }
      return new ChainSource.OwnDevChain();
    }
    startBlock.filter(block -> block < 0).ifPresent(block -> {
      throw wrong("--start-block must be 0 or more, not " + block);
    });
    return network.map(this::network).orElseGet(this::contract);
  }

  private ChainSource network(String name) {
    if (contract.isPresent() || family.isPresent()) {
      throw wrong("--network includes its contracts: omit --contract and --family");
    }
    if (ChainSource.Network.NAMES.contains(name)) {
      return new ChainSource.Network(name, rpcUrls, wsUrl, startBlock, accepted);
    }
    Path file = Path.of(name).toAbsolutePath();
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw wrong("--network must be " + String.join(", ", ChainSource.Network.NAMES) + " or a file, not " + name);
    }
    return new ChainSource.NetworkFile(file, rpcUrls, wsUrl, startBlock, accepted);
  }

  private ChainSource contract() {
    String address = contract.orElseThrow(
        () -> wrong("--rpc-url needs --contract, the contract to follow, or --network"));
    String name = family.orElse(AccountLedgerFamily.NAME);
    if (!FAMILIES.contains(name)) {
      throw wrong("--family must be " + String.join(" or ", FAMILIES) + ", not " + name);
    }
    if (!accepted.isEmpty() && !name.equals(ZeroGFamily.NAME)) {
      throw wrong("--accept goes with --family " + ZeroGFamily.NAME + " or --network");
    }
    try {
      return new ChainSource.ContractOn(name, rpcUrls, wsUrl, WalletAddress.typed(address), startBlock.orElse(0L),
          accepted);
    } catch (IllegalArgumentException e) {
      throw wrong("--contract is no address: " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
