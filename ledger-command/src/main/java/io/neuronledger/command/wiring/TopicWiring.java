package io.neuronledger.command.wiring;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.progress.TopicWatch;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the Kafka clients and of the topics that this service reads and writes. */
@Configuration(proxyBeanMethods = false)
class TopicWiring {
  @Bean
  KafkaClients kafkaClients(CommandProperties properties) {
    return properties.kafka().clients();
  }

  @Bean
  TopicDeclaration topicDeclaration(KafkaClients clients, CommandProperties properties, Partitions partitions) {
    return new TopicDeclaration(clients, Stream.of(Topics.CHAIN_EVENTS, Topics.CHAIN_EVENTS_DEAD, Topics.ACCOUNT_EVENTS,
        Topics.PUBLISHED_POSITIONS, Topics.USAGE_REPORTS, Topics.USAGE_REJECTS).map(TopicShape::of).toList(),
        partitions, properties.kafka().replicationFactor());
  }

  @Bean(destroyMethod = "close")
  TopicWatch topicWatch(KafkaClients clients, PartitionProgress progress, Clock clock) {
    return new TopicWatch(clients.admin(), Topics.CHAIN_EVENTS, progress, clock).start();
  }

  /** Down with the reason until all topics exist as declared. */
  @Bean
  HealthIndicator topics(TopicDeclaration declaration) {
    return () -> declaration.trouble().map(reason -> Health.down().withDetail("reason", reason).build())
        .orElseGet(() -> Health.up().build());
  }
}
