package io.neuronledger.local.stack;

import io.neuronledger.contracts.event.Partitions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each service is started with, as command line arguments: the form that outranks environment and files.
 *
 * @param kafka the broker's address
 * @param settings further settings for all of them, by their configuration keys
 */
public record ServiceArguments(String kafka, Partitions partitions, Map<String, String> settings) {
  public ServiceArguments {
    settings = Map.copyOf(settings);
  }

  /** Where a service keeps its tables. */
  public record Database(String url, String user, String password) {
    Map<String, String> settings() {
      return Map.of("neuron-ledger.database.url", url, "neuron-ledger.database.user", user,
          "neuron-ledger.database.password", password);
    }
  }

  /** @param port on 127.0.0.1; 0 takes a free one */
  public List<String> query(int port, Database database) {
    return arguments(port, database.settings());
  }

  /** @param port on 127.0.0.1; 0 takes a free one */
  public List<String> command(int port, Database database) {
    return arguments(port, database.settings());
  }

  /** @param port on 127.0.0.1; 0 takes a free one */
  public List<String> indexer(int port, ChainSource.Given chain) {
    return arguments(port, chain.settings());
  }

  private List<String> arguments(int port, Map<String, String> ofItsOwn) {
    Map<String, String> all = new TreeMap<>(ofItsOwn);
    all.put("neuron-ledger.kafka.bootstrap-servers", kafka);
    all.put("neuron-ledger.partitions", String.valueOf(partitions.count()));
    all.put("server.address", "127.0.0.1");
    all.put("server.port", String.valueOf(port));
    all.putAll(settings);
    return all.entrySet().stream().map(each -> "--" + each.getKey() + "=" + each.getValue()).toList();
  }
}
