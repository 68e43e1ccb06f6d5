package io.neuronledger.indexer.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.NewHeads;
import io.neuronledger.indexer.follow.FollowLoop;
import io.neuronledger.indexer.follow.Following;
import io.neuronledger.indexer.follow.WakeUp;
import io.neuronledger.indexer.follow.reconcile.ReconciliationRules;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.publish.ReportPublisher;
import io.neuronledger.indexer.report.FollowingReporter;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.wiring.settings.IndexerSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the service: the only place that connects its parts. Follows on its own thread from {@link #start} to
 * {@link #close}.
 */
public final class IndexerService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IndexerService.class);
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http;
  private final Progress progress;
  private final FollowLoop loop;
  private final FollowingReporter reporter;
  private final Thread thread;
  private boolean closed;

  public IndexerService(IndexerSettings settings, KafkaClients kafka, Clock clock, MeterRegistry registry) {
    IndexerSettings.Nodes nodes = settings.nodes();
    this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(nodes.connectDeadline())
        .build();
    this.progress = new Progress(clock, registry);
    Backoff backoff = new Backoff(nodes.retryFirst(), nodes.retryMax(), new SplittableRandom());
    WakeUp wakeUp = new WakeUp();
    Optional<NewHeads> newHeads = nodes.wsUrl().map(url ->
        new NewHeads(url, http, wakeUp::signal, backoff, clock, nodes.socketSilenceMax(), registry));
    Following following = new Following(settings.setup(), settings.rules(),
        ChainNodes.at(nodes.urls(), http, nodes.access(), backoff, clock, registry),
        new ReconciliationRules(settings.reconciliationInterval()), progress, clock);
    this.loop = new FollowLoop(following, newHeads, kafka, settings.destination(), backoff, wakeUp);
    this.reporter = new FollowingReporter(progress, new ReportPublisher(kafka, settings.destination()),
        settings.stallMax(), settings.rules().confirmations(), clock);
    this.thread = Thread.ofPlatform().name("chain-indexer").unstarted(loop);
  }

  /** @throws FollowingHalted if the service must not start with these nodes or with the stored data */
  public void start() {
    loop.check();
    reporter.start();
    thread.start();
  }

  public Progress progress() {
    return progress;
  }

  /**
   * Requests a reconciliation with the contracts at the head.
   *
   * @return false where another instance leads: nothing is requested
   */
  public boolean reconcile() {
    return loop.reconcile();
  }

  /** Whether the thread that follows runs. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Ends after the current step, and reports that this instance has stopped. Called by one thread. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    loop.stop();
    try {
      if (isRunning() && !thread.join(STEP_TIMEOUT)) {
        log.warn("the current step did not end within {}: interrupting it; nothing of it becomes visible",
            STEP_TIMEOUT);
        thread.interrupt();
        thread.join(STEP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reporter.close();
      http.shutdownNow();
    }
  }
}
