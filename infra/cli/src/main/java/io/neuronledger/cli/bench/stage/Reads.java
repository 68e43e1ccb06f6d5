package io.neuronledger.cli.bench.stage;

import io.neuronledger.cli.bench.chain.Script;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Latencies;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.figure.Unit;
import io.neuronledger.cli.bench.reference.LedgerSql;
import io.neuronledger.cli.bench.server.BenchServers;
import io.neuronledger.cli.bench.server.Costs;
import io.neuronledger.cli.bench.server.ServiceJars;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Random owners' sub-accounts over HTTP, by one client and by sixteen, and the same SQL by pgbench. */
final class Reads {
  private static final int[] CLIENTS = {1, 16};
  private static final int OWNERS_MAX = 100_000;
  private static final int REQUESTS_MAX = 20_000;
  private static final int EVENTS_PER_REQUEST = 20;
  /** The services are new in each run; their compilers are done with a request after some ten thousand. */
  private static final int WARM_UPS_PER_REQUEST = 10;

  private final List<WalletAddress> owners;
  private final int requests;
  private final ServiceJars services;
  private final BenchServers servers;
  private final Path folder;

  Reads(Script script, ServiceJars services, BenchServers servers, Path folder) {
    this.owners = LongStream.range(0, Math.min(OWNERS_MAX, script.wallets())).mapToObj(Script::wallet).toList();
    this.requests = (int) Math.min(REQUESTS_MAX, script.events() / EVENTS_PER_REQUEST);
    this.services = services;
    this.servers = servers;
    this.folder = folder;
  }

  /** How many requests a measurement has. */
  int requests() {
    return requests;
  }

  /** The requests of many clients that no measurement counts, because the services compile meanwhile. */
  void warmUp() {
    var _ = run(CLIENTS[CLIENTS.length - 1], Math.min(REQUESTS_MAX, requests * WARM_UPS_PER_REQUEST));
  }

  List<Figure> measure() throws SQLException, IOException {
    List<Figure> figures = new ArrayList<>();
    Optional<LedgerSql> sql = LedgerSql.prepare(servers.database(BenchServers.READ_MODEL),
        servers.postgres().jdbcUrl(BenchServers.READ_MODEL), servers.postgres().superuser(), owners, folder);
    warmUp();
    for (int clients : CLIENTS) {
      String subject = clients + (clients == 1 ? " client" : " clients");
      Costs costs = Costs.begin(servers, services.usages());
      long start = System.nanoTime();
      List<Long> times = run(clients, requests);
      figures.add(Figure.of(Stage.READ, subject, Unit.READS_PER_SECOND,
          times.size() / ((System.nanoTime() - start) / 1e9)));
      figures.addAll(costs.perRead(Stage.READ, subject, times.size()));
      figures.addAll(new Latencies(times).figures(Stage.READ, subject + ", "));
      figures.add(new Figure(Stage.SQL, subject, Unit.READS_PER_SECOND, sql.isPresent()
          ? OptionalDouble.of(sql.get().perSecond(clients, requests)) : OptionalDouble.empty()));
    }
    return figures;
  }

  /** @return the nanoseconds of each request */
  List<Long> run(int clients, int count) {
    List<Future<List<Long>>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        SplittableRandom random = new SplittableRandom(i);
        running.add(threads.submit(() -> requests(random, count / clients)));
      }
    }
    return running.stream().flatMap(client -> timesOf(client).stream()).toList();
  }

  private List<Long> requests(SplittableRandom random, int count) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      var _ = services.query().getOk("/v1/ledgers/" + owners.get(random.nextInt(owners.size())) + "/sub-accounts");
      times.add(System.nanoTime() - start);
    }
    return times;
  }

  private static List<Long> timesOf(Future<List<Long>> client) {
    try {
      return client.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a read fails", e.getCause());
    }
  }
}
