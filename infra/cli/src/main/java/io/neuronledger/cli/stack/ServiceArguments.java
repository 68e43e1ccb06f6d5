package io.neuronledger.cli.stack;

import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of each service as command line arguments, which override environment and files.
 *
 * @param kafka the broker's address
 * @param settings further settings for all services, by configuration key
 */
public record ServiceArguments(String kafka, Partitions partitions, Map<String, String> settings) {
  public ServiceArguments {
    settings = Map.copyOf(settings);
  }

  /**
   * Of ledger-query or ledger-command in this JVM.
   *
   * @param port the port on 127.0.0.1; 0 for a free one
   */
  public List<String> service(int port, ServiceDatabase database) {
    return arguments(port, database.settings());
  }

  /**
   * Of ledger-query or ledger-command in a process of its own, whose environment has its database: all users of the
   * machine see a process's arguments.
   *
   * @param port the port on 127.0.0.1; 0 for a free one
   */
  public List<String> process(int port) {
    return arguments(port, Map.of());
  }

  /** @param port the port on 127.0.0.1; 0 for a free one */
  public List<String> indexer(int port, ChainSource.Given chain) {
    return arguments(port, chain.settings());
  }

  private List<String> arguments(int port, Map<String, String> serviceSettings) {
    Map<String, String> all = new TreeMap<>(serviceSettings);
    all.put("neuron-ledger.kafka.bootstrap-servers", kafka);
    all.put("neuron-ledger.partitions", String.valueOf(partitions.count()));
    all.put("server.address", "127.0.0.1");
    all.put("neuron-ledger.access.open", "true");
    // Whatever the environment has for services that are not open.
    all.put("neuron-ledger.access.issuer", "");
    all.put("neuron-ledger.access.audience", "");
    // Everybody on this machine is one caller here, and the bench's as fast as it can be: the limits bind nobody.
    all.put("neuron-ledger.rate.per-minute", "6000000");
    all.put("neuron-ledger.rate.burst", "100000");
    all.put("neuron-ledger.rate.at-once", "1000");
    all.put("server.port", String.valueOf(port));
    all.putAll(settings);
    return all.entrySet().stream().map(each -> "--" + each.getKey() + "=" + each.getValue()).toList();
  }
}
