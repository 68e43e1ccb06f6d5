package io.neuronledger.command.wiring;

import io.neuronledger.command.wiring.health.KafkaWatch;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import java.time.Clock;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** Beans of the Kafka clients and of the topics that this service reads and writes. */
@Configuration(proxyBeanMethods = false)
class TopicWiring {
  @Bean
  KafkaClients kafkaClients(CommandProperties properties) {
    return new KafkaClients(properties);
  }

  @Bean
  KafkaAdmin kafkaAdmin(KafkaClients clients) {
    return TopicSetup.admin(clients.adminConfig());
  }

  @Bean
  TopicSetup topicSetup(KafkaAdmin kafkaAdmin, CommandProperties properties, Partitions partitions) {
    return new TopicSetup(kafkaAdmin, Stream.of(Topics.CHAIN_EVENTS, Topics.CHAIN_EVENTS_DEAD, Topics.ACCOUNT_EVENTS,
        Topics.PUBLISHED_POSITIONS, Topics.USAGE_REPORTS, Topics.USAGE_REJECTS).map(TopicShape::of).toList(),
        partitions, properties.kafka().replicationFactor());
  }

  @Bean(destroyMethod = "close")
  KafkaWatch kafka(KafkaClients clients, CommandProperties properties, Clock clock) {
    return new KafkaWatch(Admin.create(clients.adminConfig()), properties.stallAfter(), clock).start();
  }

  /** Down with the reason until all topics exist as declared. */
  @Bean
  HealthIndicator topics(TopicSetup setup) {
    return () -> setup.trouble().map(reason -> Health.down().withDetail("reason", reason).build())
        .orElseGet(() -> Health.up().build());
  }
}
