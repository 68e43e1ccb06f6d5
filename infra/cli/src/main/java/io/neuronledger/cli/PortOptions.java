package io.neuronledger.cli;

import io.neuronledger.cli.stack.PortInUse;
import io.neuronledger.cli.stack.Ports;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The ports of {@code ./ledger up}. */
final class PortOptions {
  @Option(names = "--port", paramLabel = "PORT", description = "the port of ledger-query, the API, on 127.0.0.1 "
      + "(default: 8080; 0 for a free one, also for the others that are not given)")
  private Optional<Integer> query = Optional.empty();

  @Option(names = "--command-port", paramLabel = "PORT", description = "ledger-command (default: 8082)")
  private Optional<Integer> command = Optional.empty();

  @Option(names = "--indexer-port", paramLabel = "PORT", description = "chain-indexer (default: 8081)")
  private Optional<Integer> indexer = Optional.empty();

  @Option(names = "--issuer-port", paramLabel = "PORT", description = "the OIDC issuer (default: 8083)")
  private Optional<Integer> issuer = Optional.empty();

  @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka (default: 19092)")
  private Optional<Integer> kafka = Optional.empty();

  @Option(names = "--postgres-port", paramLabel = "PORT", description = "PostgreSQL (default: 15432)")
  private Optional<Integer> postgres = Optional.empty();

  @Option(names = "--rpc-port", paramLabel = "PORT", description = "the dev chain's node (default: 18545)")
  private Optional<Integer> rpc = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** @throws ParameterException for an invalid port number */
  Ports ports() {
    Ports others = query.filter(port -> port == 0).isPresent() ? Ports.FREE : Ports.FIXED;
    try {
      return new Ports(query.orElse(others.query()), command.orElse(others.command()), indexer.orElse(others.indexer()),
          issuer.orElse(others.issuer()), kafka.orElse(others.kafka()), postgres.orElse(others.postgres()),
          rpc.orElse(others.rpc()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Checks that all ports are free.
   *
   * @throws PortInUse for the first port that another program uses
   */
  static void requireFree(Ports ports, boolean ownChain) {
    requireFree(ports.query(), "ledger-query (the API)", "--port");
    requireFree(ports.command(), "ledger-command", "--command-port");
    requireFree(ports.indexer(), "chain-indexer", "--indexer-port");
    requireFree(ports.issuer(), "the OIDC issuer", "--issuer-port");
    requireFree(ports.kafka(), "Kafka", "--kafka-port");
    requireFree(ports.postgres(), "PostgreSQL", "--postgres-port");
    if (ownChain) {
      requireFree(ports.rpc(), "the dev chain's node", "--rpc-port");
    }
  }

  private static void requireFree(int port, String server, String option) {
    PortInUse.requireFree(port, server, "choose another with " + option + " (--port 0 takes free ones for all)");
  }
}
