package io.neuronledger.cli.bench.stage;

import io.neuronledger.cli.answer.LedgerApi;
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

/**
 * Random owners' sub-accounts over HTTP, by one client and by sixteen, and the same SQL by pgbench. Where several
 * services are asked, they take turns of a twentieth: a machine is not equally fast for a minute.
 */
final class Reads {
  private static final int[] CLIENTS = {1, 16};
  private static final int OWNERS_MAX = 100_000;
  private static final int REQUESTS_MAX = 20_000;
  private static final int EVENTS_PER_REQUEST = 20;
  private static final int TURNS = 20;
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

  /** The requests of some clients to one service. */
  private static final class Turns {
    private final List<Long> times = new ArrayList<>();
    private final List<Figure> costs = new ArrayList<>();
    private long nanoseconds;

    List<Figure> figures(String subject) {
      List<Figure> figures = new ArrayList<>();
      figures.add(Figure.of(Stage.READ, subject, Unit.READS_PER_SECOND, times.size() / (nanoseconds / 1e9)));
      figures.addAll(Figure.means(costs));
      figures.addAll(new Latencies(times).figures(Stage.READ, subject + ", "));
      return figures;
    }
  }

  /** The requests of many clients that no measurement counts, because the services compile meanwhile. */
  void warmUp(LedgerApi query) {
    var _ = run(query, CLIENTS[CLIENTS.length - 1], Math.min(REQUESTS_MAX, requests * WARM_UPS_PER_REQUEST), 0);
  }

  /**
   * @param queries instances of ledger-query on the same read model
   * @return the figures of each instance; those of the SQL stand with the first
   */
  List<List<Figure>> measure(List<LedgerApi> queries) throws SQLException, IOException {
    List<List<Figure>> figures = queries.stream().<List<Figure>>map(_ -> new ArrayList<>()).toList();
    Optional<LedgerSql> sql = LedgerSql.prepare(servers.database(BenchServers.READ_MODEL),
        servers.postgres().jdbcUrl(BenchServers.READ_MODEL), servers.postgres().superuser(), owners, folder);
    queries.forEach(this::warmUp);
    for (int clients : CLIENTS) {
      String subject = clients + (clients == 1 ? " client" : " clients");
      List<Turns> turns = queries.stream().map(_ -> new Turns()).toList();
      for (int turn = 0; turn < TURNS; turn++) {
        for (int i = 0; i < queries.size(); i++) {
          take(turns.get(i), queries.get(i), clients, turn, subject);
        }
      }
      for (int i = 0; i < queries.size(); i++) {
        figures.get(i).addAll(turns.get(i).figures(subject));
      }
      figures.getFirst().add(new Figure(Stage.SQL, subject, Unit.READS_PER_SECOND, sql.isPresent()
          ? OptionalDouble.of(sql.get().perSecond(clients, requests)) : OptionalDouble.empty()));
    }
    return figures;
  }

  private void take(Turns turns, LedgerApi query, int clients, int turn, String subject) {
    Costs costs = Costs.begin(servers, services.usages(query));
    long start = System.nanoTime();
    List<Long> times = run(query, clients, Math.max(clients, requests / TURNS), turn);
    turns.nanoseconds += System.nanoTime() - start;
    turns.costs.addAll(costs.perRead(Stage.READ, subject, times.size()));
    turns.times.addAll(times);
  }

  /** @return the nanoseconds of each request */
  List<Long> run(LedgerApi query, int clients, int count, int turn) {
    List<Future<List<Long>>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        SplittableRandom random = new SplittableRandom((long) turn * clients + i);
        running.add(threads.submit(() -> requests(query, random, count / clients)));
      }
    }
    return running.stream().flatMap(client -> timesOf(client).stream()).toList();
  }

  private List<Long> requests(LedgerApi query, SplittableRandom random, int count) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      var _ = query.getOk("/v1/ledgers/" + owners.get(random.nextInt(owners.size())) + "/sub-accounts");
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
