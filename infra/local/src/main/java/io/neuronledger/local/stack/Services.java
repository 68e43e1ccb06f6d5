package io.neuronledger.local.stack;

import io.neuronledger.command.LedgerCommand;
import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.indexer.ChainIndexer;
import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.query.LedgerQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The three services, each an application context of its own, as production runs them in processes of their own. */
public final class Services implements AutoCloseable {
  private final Deque<ConfigurableApplicationContext> contexts = new ArrayDeque<>();
  private final String queryUrl;
  private final String commandUrl;
  private final String indexerUrl;

  private Services(PostgresServer postgres, String kafka, ChainSource.AccountLedgerOn chain, StackOptions options,
      Lanes lanes) {
    Settings common = new Settings()
        .with("neuron-ledger.kafka.bootstrap-servers", kafka)
        .with("neuron-ledger.lanes", lanes.count())
        .with("server.address", "127.0.0.1")
        .with(options.settings());
    try {
      this.queryUrl = start(LedgerQuery.application(), common
          .with("server.port", options.queryPort())
          .withDatabase(postgres, "ledger_query"));
      this.commandUrl = start(LedgerCommand.application(), common
          .with("server.port", options.commandPort())
          .withDatabase(postgres, "ledger_command"));
      this.indexerUrl = start(ChainIndexer.application(), common
          .with("server.port", options.indexerPort())
          .withChain(chain));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  static Services start(PostgresServer postgres, String kafka, ChainSource.AccountLedgerOn chain,
      StackOptions options, Lanes lanes) {
    return new Services(postgres, kafka, chain, options, lanes);
  }

  private String start(SpringApplication application, Settings settings) {
    // The stack stops its contexts in order; hooks of their own would race with it.
    application.setRegisterShutdownHook(false);
    ConfigurableApplicationContext context = application.run(settings.asArguments());
    contexts.push(context);
    return "http://127.0.0.1:" + ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  public String queryUrl() {
    return queryUrl;
  }

  public String commandUrl() {
    return commandUrl;
  }

  public String indexerUrl() {
    return indexerUrl;
  }

  @Override
  public void close() {
    while (!contexts.isEmpty()) {
      contexts.pop().close();
    }
  }

  /** Settings as command line arguments: the form that outranks environment and files. */
  private record Settings(Map<String, String> values) {
    Settings() {
      this(Map.of());
    }

    Settings with(String key, Object value) {
      return with(Map.of(key, value.toString()));
    }

    Settings with(Map<String, String> more) {
      Map<String, String> all = new java.util.TreeMap<>(values);
      all.putAll(more);
      return new Settings(all);
    }

    Settings withDatabase(PostgresServer postgres, String name) {
      return with("neuron-ledger.database.url", postgres.jdbcUrl(name))
          .with("neuron-ledger.database.user", postgres.user())
          .with("neuron-ledger.database.password", postgres.password());
    }

    Settings withChain(ChainSource.AccountLedgerOn chain) {
      Settings followed = with("neuron-ledger.rpc.urls", String.join(",", chain.rpcUrls()))
          .with("neuron-ledger.contract", chain.contract())
          .with("neuron-ledger.start-block", chain.startBlock());
      return chain.wsUrl().map(url -> followed.with("neuron-ledger.rpc.ws-url", url)).orElse(followed);
    }

    String[] asArguments() {
      List<String> arguments = new ArrayList<>();
      values.forEach((key, value) -> arguments.add("--" + key + "=" + value));
      return arguments.toArray(String[]::new);
    }
  }
}
