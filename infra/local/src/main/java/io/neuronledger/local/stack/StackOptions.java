package io.neuronledger.local.stack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What to start.
 *
 * @param dataDir where everything is kept between starts; absent: nothing is kept
 * @param queryPort where ledger-query listens on 127.0.0.1; 0 takes a free one, as for the other two
 * @param settings further settings of the services, by their configuration keys
 */
public record StackOptions(Optional<Path> dataDir, ChainSource chain, int queryPort, int commandPort,
    int indexerPort, Map<String, String> settings) {
  public StackOptions {
    settings = Map.copyOf(settings);
  }

  /** A dev chain, free ports, nothing kept. */
  public static StackOptions temporary() {
    return new StackOptions(Optional.empty(), new ChainSource.OwnDevChain(), 0, 0, 0, Map.of());
  }

  public StackOptions withDataDir(Path folder) {
    return new StackOptions(Optional.of(folder), chain, queryPort, commandPort, indexerPort, settings);
  }

  public StackOptions withChain(ChainSource source) {
    return new StackOptions(dataDir, source, queryPort, commandPort, indexerPort, settings);
  }

  /** With these settings in place of all others. */
  public StackOptions withSettings(Map<String, String> all) {
    return new StackOptions(dataDir, chain, queryPort, commandPort, indexerPort, all);
  }

  public StackOptions withPorts(int query, int command, int indexer) {
    return new StackOptions(dataDir, chain, query, command, indexer, settings);
  }
}
