package io.neuronledger.cli.bench.server;

import io.neuronledger.cli.answer.KeysApi;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.stack.ServiceArguments;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.servers.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The three services from their jars. */
public final class ServiceJars implements AutoCloseable {
  private static final String QUERY = "ledger-query";
  private static final Duration KEY_VALIDITY = Duration.ofDays(1);

  private final List<ServiceProcess> processes = new ArrayList<>();

  private final BenchServers servers;
  private final Path folder;

  private ServiceJars(BenchServers servers, Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  /**
   * @param queryHeapMegabytes the largest heap of ledger-query; the others have the usual one
   * @param folder of the processes' output
   */
  public static ServiceJars start(BenchServers servers, ChainSource.Given chain, int queryHeapMegabytes, Path folder) {
    ServiceJars services = new ServiceJars(servers, folder);
    ServiceArguments arguments = servers.arguments();
    try {
      int query = FreePort.find();
      services.start(QUERY, query,
          arguments.query(query, servers.serviceDatabase(BenchServers.READ_MODEL)), queryHeapMegabytes);
      int command = FreePort.find();
      services.start("ledger-command", command,
          arguments.command(command, servers.serviceDatabase(BenchServers.EVENT_STORE)),
          ServiceProcess.HEAP_MEGABYTES);
      int indexer = FreePort.find();
      services.start("chain-indexer", indexer, arguments.indexer(indexer, chain), ServiceProcess.HEAP_MEGABYTES);
      return services;
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  private void start(String name, int port, List<String> arguments, int heapMegabytes) {
    processes.add(
        ServiceProcess.start(name, port, arguments, servers.tokens(), heapMegabytes, folder.resolve(name + ".out")));
  }

  /** Starts one more ledger-query, which asks nobody for a credential; Kafka asks it as it does the first. */
  public LedgerApi startOpenQuery() {
    int port = FreePort.find();
    processes.add(ServiceProcess.start(QUERY, port,
        servers.openArguments().query(port, servers.serviceDatabase(BenchServers.READ_MODEL)),
        TokenSource.none(), ServiceProcess.HEAP_MEGABYTES, folder.resolve("ledger-query-open.out")));
    return processes.getLast().api();
  }

  public LedgerApi query() {
    return processes.getFirst().api();
  }

  public LedgerApi command() {
    return processes.get(1).api();
  }

  /** ledger-command for the broker of a provider: with a key that is bound to it, where credentials are asked for. */
  public LedgerApi broker(WalletAddress provider) {
    return servers.tokens().token().isEmpty() ? command()
        : new KeysApi(command(), InstantSource.system()).broker(provider, KEY_VALIDITY);
  }

  /** The block that ledger-query shows of all owners; −1 before the first. */
  public long shown() {
    return asOf(query(), "/v1/status");
  }

  /** The block of an answer; −1 before there is one. */
  public static long asOf(LedgerApi api, String path) {
    return api.find(path).map(answer -> answer.at("/as_of/block").asLong(-1)).orElse(-1L);
  }

  /** Of the services, and of this JVM, which computes the chain. */
  public List<ProcessUsage> usages() {
    return usages(query());
  }

  /** As {@link #usages()}, with that ledger-query of several which is asked. */
  public List<ProcessUsage> usages(LedgerApi asked) {
    Stream<ProcessUsage> running = processes.stream()
        .filter(each -> each.api() == asked || !each.usage().name().equals(QUERY)).map(ServiceProcess::usage);
    return Stream.concat(running, Stream.of(ProcessUsage.ownOf("the bench itself, with the chain's node"))).toList();
  }

  @Override
  public void close() {
    processes.reversed().forEach(ServiceProcess::close);
  }
}
