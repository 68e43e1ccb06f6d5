package io.neuronledger.query.wiring;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Kafka clients, the topics that they require, and their JSON, which is also that of the database and of the API. */
@Configuration
class KafkaWiring {
  private static final Logger log = LoggerFactory.getLogger(KafkaWiring.class);

  @Bean
  Partitions partitions(Settings settings) {
    return new Partitions(settings.partitions());
  }

  @Bean
  JsonMapper json() {
    return TopicJson.MAPPER;
  }

  @Bean
  KafkaClients kafkaClients(Settings settings) {
    return settings.kafka().clients();
  }

  /**
   * Declared at the start or, if Kafka is unavailable then, by the consumers before they subscribe.
   *
   * @throws IllegalStateException if a topic exists with another number of partitions, and so belongs to another
   *     deployment
   */
  @Bean
  TopicDeclaration topicDeclaration(KafkaClients clients, Settings settings, Partitions partitions) {
    TopicDeclaration declaration = new TopicDeclaration(clients,
        Stream.of(Topics.ACCOUNT_EVENTS, Topics.ACCOUNT_EVENTS_DEAD, Topics.FOLLOWING).map(TopicShape::of).toList(),
        partitions, settings.kafka().replicationFactor());
    try {
      declaration.require();
    } catch (KafkaException e) {
      if (!(e.getCause() instanceof RetriableException)) {
        throw e;
      }
      log.warn("Kafka does not answer: answers come from the records read before", e);
    }
    return declaration;
  }

  @Bean
  Producer<byte[], byte[]> deadLetterProducer(KafkaClients clients) {
    return clients.writer();
  }
}
