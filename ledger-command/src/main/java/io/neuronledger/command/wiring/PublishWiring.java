package io.neuronledger.command.wiring;

import io.neuronledger.command.publish.AccountEventPublisher;
import io.neuronledger.command.publish.AppendSignal;
import io.neuronledger.command.publish.Publication;
import io.neuronledger.command.publish.PublishProgress;
import io.neuronledger.command.publish.PublishSettings;
import io.neuronledger.command.publish.PublisherLeases;
import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.deployment.DeploymentTable;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import java.time.Clock;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Beans of the publication of account events. */
@Configuration(proxyBeanMethods = false)
class PublishWiring {
  @Bean
  PublishProgress publishProgress(Clock clock) {
    return new PublishProgress(clock);
  }

  @Bean(destroyMethod = "close")
  AccountEventPublisher accountEventPublisher(CommandProperties properties, Partitions partitions, EventTable events,
      DeploymentTable deployment, JdbcClient jdbc, AppendSignal signal, PublishProgress progress, KafkaClients clients,
      TopicDeclaration topics, Clock clock) {
    CommandProperties.Publish publish = properties.publish();
    PublishSettings settings = new PublishSettings(partitions, UUID.randomUUID().toString(), publish.batchMax(),
        publish.poll(), publish.leaseTime(), publish.retryAfter());
    Publication publication = new Publication(settings, events, deployment,
        new PublisherLeases(jdbc, settings.instance(), settings.leaseTime()), signal, progress,
        clients::transactional, clients::reader, clock);
    AccountEventPublisher started = publication.publisher();
    started.start(topics::ready);
    return started;
  }
}
