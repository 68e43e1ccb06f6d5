package io.neuronledger.indexer.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.publish.Destination;
import io.neuronledger.indexer.wiring.settings.DeploymentSettings;
import io.neuronledger.indexer.wiring.settings.FollowSettings;
import io.neuronledger.indexer.wiring.settings.IndexerSettings;
import io.neuronledger.indexer.wiring.settings.KafkaSettings;
import io.neuronledger.indexer.wiring.settings.ReconciliationSettings;
import io.neuronledger.indexer.wiring.settings.RpcSettings;
import io.neuronledger.indexer.wiring.settings.ZeroGSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service with the settings of the environment, and its parts that health and the admin endpoint use. */
@Configuration(proxyBeanMethods = false)
class IndexerConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  IndexerSettings settings(DeploymentSettings deployment, ZeroGSettings zeroG, RpcSettings rpc, FollowSettings follow,
      ReconciliationSettings reconciliation, KafkaSettings kafka) {
    return new IndexerSettings(deployment.setup(zeroG), rpc.nodes(follow.blockTimeTolerance()), follow.rules(),
        Destination.standard(kafka.replicationFactor()), reconciliation.interval(), follow.stallMax());
  }

  @Bean
  KafkaClients kafkaClients(KafkaSettings kafka) {
    return kafka.clients();
  }

  @Bean
  IndexerService service(IndexerSettings settings, KafkaClients kafka, Clock clock, MeterRegistry registry) {
    return new IndexerService(settings, kafka, clock, registry);
  }

  @Bean
  Progress progress(IndexerService service) {
    return service.progress();
  }
}
