package io.neuronledger.cli.stack;

import io.neuronledger.cli.stack.chain.ChainSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a stack.
 *
 * @param dataDir the folder of all data; absent for temporary data
 * @param settings further settings of the services, by configuration key
 */
public record StackOptions(Optional<Path> dataDir, ChainSource chain, Ports ports, Map<String, String> settings) {
  public StackOptions {
    settings = Map.copyOf(settings);
  }

  /** A dev chain, free ports, temporary data. */
  public static StackOptions temporary() {
    return new StackOptions(Optional.empty(), new ChainSource.OwnDevChain(), Ports.FREE, Map.of());
  }

  public StackOptions withDataDir(Path folder) {
    return new StackOptions(Optional.of(folder), chain, ports, settings);
  }

  public StackOptions withChain(ChainSource source) {
    return new StackOptions(dataDir, source, ports, settings);
  }

  /** Replaces all settings. */
  public StackOptions withSettings(Map<String, String> all) {
    return new StackOptions(dataDir, chain, ports, all);
  }
}
