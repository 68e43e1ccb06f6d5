package io.neuronledger.local.stack;

import io.neuronledger.command.LedgerCommand;
import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.indexer.ChainIndexer;
import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.query.LedgerQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;

/**
 * Starts services in this JVM, each an application context of its own, on given servers.
 *
 * @param kafka the broker's address
 * @param settings further settings for all of them, by their configuration keys
 */
public record ServiceStarter(PostgresServer postgres, String kafka, Lanes lanes, Map<String, String> settings) {
  public ServiceStarter {
    settings = Map.copyOf(settings);
  }

  /** @param port on 127.0.0.1; 0 takes a free one */
  public RunningService query(int port) {
    return start(LedgerQuery.application(), port, database("ledger_query"));
  }

  /** @param port on 127.0.0.1; 0 takes a free one */
  public RunningService command(int port) {
    return start(LedgerCommand.application(), port, database("ledger_command"));
  }

  /** @param port on 127.0.0.1; 0 takes a free one */
  public RunningService indexer(int port, ChainSource.AccountLedgerOn chain) {
    Map<String, String> followed = new TreeMap<>(Map.of(
        "neuron-ledger.rpc.urls", String.join(",", chain.rpcUrls()),
        "neuron-ledger.contract", chain.contract().toString(),
        "neuron-ledger.start-block", String.valueOf(chain.startBlock())));
    chain.wsUrl().ifPresent(url -> followed.put("neuron-ledger.rpc.ws-url", url));
    return start(ChainIndexer.application(), port, followed);
  }

  private Map<String, String> database(String name) {
    return Map.of(
        "neuron-ledger.database.url", postgres.jdbcUrl(name),
        "neuron-ledger.database.user", postgres.user(),
        "neuron-ledger.database.password", postgres.password());
  }

  /** Settings go as command line arguments: the form that outranks environment and files. */
  private RunningService start(SpringApplication application, int port, Map<String, String> ofItsOwn) {
    Map<String, String> all = new TreeMap<>(ofItsOwn);
    all.put("neuron-ledger.kafka.bootstrap-servers", kafka);
    all.put("neuron-ledger.lanes", String.valueOf(lanes.count()));
    all.put("server.address", "127.0.0.1");
    all.put("server.port", String.valueOf(port));
    all.putAll(settings);
    List<String> arguments = new ArrayList<>();
    all.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    // Whoever starts it closes it, in order; a hook of its own would race with that.
    application.setRegisterShutdownHook(false);
    return new RunningService(application.run(arguments.toArray(String[]::new)));
  }
}
