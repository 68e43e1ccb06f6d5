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
 * @param locked whether the services ask for tokens, of an issuer in the stack; a stack for a test or a measurement may
 *     do without
 */
public record StackOptions(Optional<Path> dataDir, ChainSource chain, Ports ports, Map<String, String> settings,
    boolean locked) {
  public StackOptions {
    settings = Map.copyOf(settings);
  }

  /** A stack that asks for no tokens. */
  public StackOptions(Optional<Path> dataDir, ChainSource chain, Ports ports, Map<String, String> settings) {
    this(dataDir, chain, ports, settings, false);
  }

  /** A dev chain, free ports, temporary data. */
  public static StackOptions temporary() {
    return new StackOptions(Optional.empty(), new ChainSource.OwnDevChain(), Ports.FREE, Map.of());
  }

  public StackOptions withDataDir(Path folder) {
    return new StackOptions(Optional.of(folder), chain, ports, settings, locked);
  }

  public StackOptions withChain(ChainSource source) {
    return new StackOptions(dataDir, source, ports, settings, locked);
  }

  /** Replaces all settings. */
  public StackOptions withSettings(Map<String, String> all) {
    return new StackOptions(dataDir, chain, ports, all, locked);
  }

  /** With an issuer, whose tokens the services ask for. */
  public StackOptions withLock() {
    return new StackOptions(dataDir, chain, ports, settings, true);
  }
}
