package io.neuronledger.cli.soak;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.ServiceArguments;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.client.TokenSource;
import io.neuronledger.command.LedgerCommand;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.indexer.ChainIndexer;
import io.neuronledger.query.LedgerQuery;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.JavaCommand;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The three services, the broker and the database as separate processes on separate ports. */
final class ProcessPipeline implements Pipeline {
  /** The data folders of the servers. */
  static final List<String> SERVERS = List.of("postgresql", "kafka");

  private static final String EVENT_STORE = "ledger_command";
  private static final String READ_MODEL = "ledger_query";

  private static final int HEAP_MEGABYTES = 400;
  private static final long POLL_MS = 250;

  private final List<String> classes;
  private final Path folder;
  private final BrokerAccess kafka;
  private final int queryPort = FreePort.find();
  private final List<RestartingProcess> processes;
  private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor();
  private final Thread stopAtExit = new Thread(this::stop, "processes-stop");

  /**
   * @param classes the options of each JVM that name its classes
   * @param folder the folder of data and logs
   * @param settings further settings of the services
   */
  ProcessPipeline(List<String> classes, Path folder, ChainSource.Given chain, Map<String, String> settings) {
    this.classes = List.copyOf(classes);
    this.folder = folder;
    int kafkaPort = FreePort.find();
    int postgresPort = FreePort.find();
    // Every password is stored before the first process reads the file.
    Secrets secrets = Secrets.in(folder);
    secrets.of(PostgresServer.SUPERUSER);
    this.kafka = new BrokerAccess("127.0.0.1:" + kafkaPort, Optional.of(secrets));
    ServiceArguments services = new ServiceArguments(kafka, Partitions.DEFAULT, settings);
    Path postgres = folder.resolve("postgresql");
    this.processes = List.of(
        process("postgresql", ServerProcess.class, List.of("postgresql", postgres.toString(),
            String.valueOf(postgresPort), EVENT_STORE, READ_MODEL), Optional.of(postgres.resolve("postmaster.pid"))),
        process("kafka", ServerProcess.class,
            List.of("kafka", folder.resolve("kafka").toString(), String.valueOf(kafkaPort)), Optional.empty()),
        process("ledger-query", LedgerQuery.class,
            services.query(queryPort, ServiceDatabase.at(postgresPort, READ_MODEL, secrets::of)), Optional.empty()),
        process("ledger-command", LedgerCommand.class,
            services.command(FreePort.find(), ServiceDatabase.at(postgresPort, EVENT_STORE, secrets::of)),
            Optional.empty()),
        process("chain-indexer", ChainIndexer.class, services.indexer(FreePort.find(), chain), Optional.empty()));
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    processes.forEach(RestartingProcess::ensureRunning);
    var _ = supervisor.scheduleWithFixedDelay(() -> processes.forEach(RestartingProcess::ensureRunning), POLL_MS,
        POLL_MS,
        TimeUnit.MILLISECONDS);
  }

  private RestartingProcess process(String name, Class<?> main, List<String> arguments,
      Optional<Path> companionPid) {
    List<String> commandLine = JavaCommand.shortLived(HEAP_MEGABYTES);
    commandLine.addAll(List.of("-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC",
        "-Dneuron-ledger.log=" + folder.resolve(name + ".log"),
        "-Dneuron-ledger.log-append=true"));
    commandLine.addAll(classes);
    commandLine.add(main.getName());
    commandLine.addAll(ServiceArguments.visible(arguments));
    return new RestartingProcess(name, commandLine, ServiceArguments.environment(arguments),
        folder.resolve(name + ".out"), companionPid);
  }

  /** All processes, in start order. */
  List<RestartingProcess> processes() {
    return processes;
  }

  @Override
  public LedgerApi api() {
    return new LedgerApi("http://127.0.0.1:" + queryPort, TokenSource.none()).retrying();
  }

  @Override
  public BrokerAccess kafka() {
    return kafka;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(stopAtExit);
    stop();
  }

  private void stop() {
    supervisor.shutdownNow();
    processes.reversed().forEach(RestartingProcess::stop);
  }
}
