package io.neuronledger.indexer.scene;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.Finality;
import io.neuronledger.indexer.chain.NewHeads;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.follow.FollowLoop;
import io.neuronledger.indexer.follow.FollowRules;
import io.neuronledger.indexer.follow.FollowSetup;
import io.neuronledger.indexer.follow.Progress;
import io.neuronledger.indexer.follow.ReconciliationRules;
import io.neuronledger.indexer.follow.WakeUp;
import io.neuronledger.indexer.publish.Destination;
import io.neuronledger.indexer.publish.KafkaAccess;
import io.neuronledger.indexer.publish.ReportPublisher;
import io.neuronledger.indexer.report.FollowingReporter;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.RpcLimits;
import io.neuronledger.infra.servers.TestKafka;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** One instance of the indexer without Spring: the same loop, with short waits. Close it as the service would. */
public final class Indexer implements AutoCloseable {
  /** What can differ between tests. */
  public record Options(List<String> rpcUrls, Optional<String> wsUrl, Destination destination, ContractFamily family,
      List<WalletAddress> contracts, long startBlock, int partitions, long confirmations, Finality finality,
      Duration pollingInterval, int blocksPerStep, String bootstrapServers, Duration reconciliation) {
    public static Options of(String rpcUrl, WalletAddress contract, long startBlock) {
      String name = "test-" + UUID.randomUUID();
      return new Options(List.of(rpcUrl), Optional.empty(), new Destination(name + ".events", name + ".state", name + ".reports", name),
          new AccountLedgerFamily(contract), List.of(contract), startBlock, 4, 0, new Finality.Tag(),
          Duration.ofMillis(20), 100, TestKafka.bootstrapServers(), Duration.ZERO);
    }

    public Options at(String... urls) {
      return new Options(List.of(urls), wsUrl, destination, family, contracts, startBlock, partitions, confirmations,
          finality, pollingInterval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options hearing(String url) {
      return new Options(rpcUrls, Optional.of(url), destination, family, contracts, startBlock, partitions, confirmations,
          finality, pollingInterval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options with(ContractFamily other) {
      return new Options(rpcUrls, wsUrl, destination, other, contracts, startBlock, partitions, confirmations, finality,
          pollingInterval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options following(WalletAddress other) {
      return new Options(rpcUrls, wsUrl, destination, new AccountLedgerFamily(other), List.of(other), startBlock, partitions,
          confirmations, finality, pollingInterval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options with(Finality other) {
      return new Options(rpcUrls, wsUrl, destination, family, contracts, startBlock, partitions, confirmations, other,
          pollingInterval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options startingAt(long block) {
      return new Options(rpcUrls, wsUrl, destination, family, contracts, block, partitions, confirmations, finality,
          pollingInterval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options withPartitions(int count) {
      return new Options(rpcUrls, wsUrl, destination, family, contracts, startBlock, count, confirmations, finality,
          pollingInterval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options withConfirmations(long blocks) {
      return new Options(rpcUrls, wsUrl, destination, family, contracts, startBlock, partitions, blocks, finality,
          pollingInterval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options polling(Duration interval) {
      return new Options(rpcUrls, wsUrl, destination, family, contracts, startBlock, partitions, confirmations, finality,
          interval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options withBlocksPerStep(int blocks) {
      return new Options(rpcUrls, wsUrl, destination, family, contracts, startBlock, partitions, confirmations, finality,
          pollingInterval, blocks, bootstrapServers, reconciliation);
    }

    public Options on(String kafka) {
      return new Options(rpcUrls, wsUrl, destination, family, contracts, startBlock, partitions, confirmations, finality,
          pollingInterval, blocksPerStep, kafka, reconciliation);
    }

    public Options writingTo(Destination other) {
      return new Options(rpcUrls, wsUrl, other, family, contracts, startBlock, partitions, confirmations, finality,
          pollingInterval, blocksPerStep, bootstrapServers, reconciliation);
    }

    public Options reconciling(Duration interval) {
      return new Options(rpcUrls, wsUrl, destination, family, contracts, startBlock, partitions, confirmations, finality,
          pollingInterval, blocksPerStep, bootstrapServers, interval);
    }

    public Published published() {
      return new Published(bootstrapServers, destination.events(), partitions);
    }
  }

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(2)).build();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Progress progress = new Progress(Clock.systemUTC(), meters);
  private final FollowLoop loop;
  private final FollowingReporter reporter;
  private final Thread thread;

  private Indexer(Options options) {
    Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofMillis(500), new SplittableRandom(7));
    WakeUp wakeUp = new WakeUp();
    ChainNodes nodes = ChainNodes.at(options.rpcUrls.stream().map(URI::create).toList(), http,
        new ChainAccess(new RpcLimits(Duration.ofSeconds(2), 200, 64 << 20), 2000, true), backoff,
        Clock.systemUTC(), meters);
    Optional<NewHeads> newHeads = options.wsUrl.map(url -> new NewHeads(URI.create(url), http, wakeUp::signal, backoff,
        Clock.systemUTC(), Duration.ofMillis(200), meters));
    this.loop = new FollowLoop(
        new FollowSetup(Optional.empty(), options.family, options.contracts, options.startBlock, options.partitions),
        new FollowRules(options.confirmations, options.finality, options.pollingInterval, options.blocksPerStep, 10_000,
            Duration.ofMillis(200), 3, Duration.ofMillis(100)),
        nodes, newHeads, kafka(options.bootstrapServers), options.destination, backoff, progress, wakeUp,
        new ReconciliationRules(options.reconciliation), Clock.systemUTC());
    this.reporter = new FollowingReporter(progress,
        new ReportPublisher(kafka(options.bootstrapServers), options.destination), Duration.ofSeconds(60),
        Clock.systemUTC());
    this.thread = Thread.ofPlatform().name("indexer-under-test").unstarted(loop);
  }

  /** Checks the configuration against what is stored, as the service does, then follows on its own thread. */
  public static Indexer start(Options options) {
    Indexer indexer = new Indexer(options);
    try {
      indexer.loop.check();
    } catch (RuntimeException e) {
      indexer.reporter.close();
      throw e;
    }
    indexer.reporter.start();
    indexer.thread.start();
    return indexer;
  }

  public static KafkaAccess kafka(String bootstrapServers) {
    return new KafkaAccess(Map.of("bootstrap.servers", bootstrapServers), Duration.ofSeconds(10), Duration.ofSeconds(6),
        "lz4");
  }

  /** As somebody asks for it over HTTP. */
  public boolean reconcile() {
    return loop.reconcile();
  }

  public Progress.View progress() {
    return progress.view();
  }

  public SimpleMeterRegistry meters() {
    return meters;
  }

  @Override
  public void close() {
    loop.stop();
    try {
      if (!thread.join(Duration.ofSeconds(20))) {
        throw new IllegalStateException("the loop did not end: " + progress.view());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reporter.close();
      http.shutdownNow();
    }
  }
}
