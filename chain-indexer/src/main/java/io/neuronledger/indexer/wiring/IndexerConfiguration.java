package io.neuronledger.indexer.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.NewHeads;
import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.indexer.follow.FollowLoop;
import io.neuronledger.indexer.follow.FollowRules;
import io.neuronledger.indexer.follow.WakeUp;
import io.neuronledger.indexer.follow.reconcile.ReconciliationRules;
import io.neuronledger.indexer.follow.start.FollowSetup;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.publish.Destination;
import io.neuronledger.indexer.publish.ReportPublisher;
import io.neuronledger.indexer.report.FollowingReporter;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import io.neuronledger.indexer.wiring.settings.DeploymentSettings;
import io.neuronledger.indexer.wiring.settings.FollowSettings;
import io.neuronledger.indexer.wiring.settings.KafkaSettings;
import io.neuronledger.indexer.wiring.settings.ReconciliationSettings;
import io.neuronledger.indexer.wiring.settings.RpcSettings;
import io.neuronledger.indexer.wiring.settings.ZeroGSettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of the service. */
@Configuration(proxyBeanMethods = false)
class IndexerConfiguration {
  private static final long MEGABYTE = 1 << 20;
  private static final Duration HALT_VOTE_SPACING = Duration.ofSeconds(10);

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Backoff backoff(RpcSettings rpc) {
    return new Backoff(rpc.retryFirst(), rpc.retryMax(), new SplittableRandom());
  }

  @Bean(destroyMethod = "shutdownNow")
  HttpClient http(RpcSettings rpc) {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(rpc.connectDeadline()).build();
  }

  @Bean
  ChainNodes nodes(RpcSettings rpc, FollowSettings follow, HttpClient http, Backoff backoff, Clock clock,
      MeterRegistry registry) {
    RpcLimits limits = new RpcLimits(rpc.requestDeadline(), rpc.callsPerRequestMax(),
        rpc.answerMegabytesMax() * MEGABYTE);
    return ChainNodes.at(rpc.urls(), http,
        new ChainAccess(limits, rpc.blocksPerRangeMax(), rpc.bloomCheck(), follow.blockTimeTolerance()), backoff, clock,
        registry);
  }

  @Bean
  WakeUp wakeUp() {
    return new WakeUp();
  }

  @Bean
  ContractFamily family(DeploymentSettings deployment, ZeroGSettings zeroG) {
    if (!deployment.family().equals(ZeroGFamily.NAME)) {
      return new AccountLedgerFamily(deployment.addresses().getFirst());
    }
    zeroG.checkStart(deployment.startBlock());
    return new ZeroGFamily(deployment.addresses().getFirst(), zeroG.known(), zeroG.minima());
  }

  @Bean
  KafkaClients kafka(KafkaSettings kafka) {
    return kafka.clients();
  }

  @Bean
  Progress progress(Clock clock, MeterRegistry registry) {
    return new Progress(clock, registry);
  }

  @Bean
  FollowingReporter followingReporter(Progress progress, KafkaClients kafka, FollowSettings follow, Clock clock) {
    return new FollowingReporter(progress, new ReportPublisher(kafka, Destination.STANDARD), follow.stallMax(), clock);
  }

  @Bean
  FollowLoop followLoop(RpcSettings rpc, FollowSettings follow, DeploymentSettings deployment,
      ContractFamily family, ChainNodes nodes, HttpClient http, KafkaClients kafka, Backoff backoff, Progress progress,
      WakeUp wakeUp, ReconciliationSettings reconciliation, Clock clock, MeterRegistry registry) {
    FollowSetup setup = new FollowSetup(deployment.chainId(), family, deployment.addresses(), deployment.startBlock(),
        deployment.numbered().count());
    FollowRules rules = new FollowRules(follow.confirmations(), Finality.parse(follow.finality()),
        follow.pollingInterval(), follow.blocksPerStepMax(), follow.recordsPerStep(), follow.secondOpinionInterval(),
        follow.lagBlocksMax(), HALT_VOTE_SPACING);
    Optional<NewHeads> newHeads = rpc.wsUrl().map(url ->
        new NewHeads(url, http, wakeUp::signal, backoff, clock, rpc.socketSilenceMax(), registry));
    return new FollowLoop(setup, rules, nodes, newHeads, kafka, Destination.STANDARD, backoff, progress, wakeUp,
        new ReconciliationRules(reconciliation.interval()), clock);
  }
}
