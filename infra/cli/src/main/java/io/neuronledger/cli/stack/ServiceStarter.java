package io.neuronledger.cli.stack;

import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.command.LedgerCommand;
import io.neuronledger.indexer.ChainIndexer;
import io.neuronledger.query.LedgerQuery;
import io.neuronledger.testkit.servers.PostgresServer;
import java.util.List;
import org.springframework.boot.SpringApplication;

/** Starts services in this JVM, each in a separate application context, on given servers. */
public record ServiceStarter(PostgresServer postgres, ServiceArguments arguments) {
  /** @param port the port on 127.0.0.1; 0 for a free one */
  public RunningService query(int port) {
    return start(LedgerQuery.application(), arguments.query(port, postgres.database("ledger_query")));
  }

  /** @param port the port on 127.0.0.1; 0 for a free one */
  public RunningService command(int port) {
    return start(LedgerCommand.application(), arguments.command(port, postgres.database("ledger_command")));
  }

  /** @param port the port on 127.0.0.1; 0 for a free one */
  public RunningService indexer(int port, ChainSource.Given chain) {
    return start(ChainIndexer.application(), arguments.indexer(port, chain));
  }

  private static RunningService start(SpringApplication application, List<String> arguments) {
    // The caller closes the services in order; a shutdown hook would race with that.
    application.setRegisterShutdownHook(false);
    return new RunningService(application.run(arguments.toArray(String[]::new)));
  }
}
