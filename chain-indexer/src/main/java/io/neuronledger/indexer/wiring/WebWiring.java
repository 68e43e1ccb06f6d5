package io.neuronledger.indexer.wiring;

import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.access.AccessWiring;
import io.neuronledger.foundation.access.ApiKeyWiring;
import io.neuronledger.foundation.access.key.ApiKeyUses;
import io.neuronledger.foundation.access.log.AccessLogWriter;
import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.ProblemWiring;
import io.neuronledger.indexer.wiring.settings.IndexerSettings;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Beans that apply to every HTTP request. */
@Configuration(proxyBeanMethods = false)
@Import({ProblemWiring.class, AccessWiring.class, ApiKeyWiring.class})
class WebWiring {
  private static final AccessLogPartition SERVICE = AccessLogPartition.CHAIN_INDEXER;

  @Bean
  static AccessRules accessRules() {
    return AccessRules.ofDocument("/openapi/chain-indexer.v1.yaml");
  }

  /** Of what this service says of its callers; who reads it sets it. */
  @Bean
  static TopicDeclaration topicsOfAccess(KafkaClients kafka, IndexerSettings settings) {
    return new TopicDeclaration(kafka, List.of(),
        List.of(TopicShape.of(Topics.ACCESS_LOG), TopicShape.of(Topics.API_KEY_USES)),
        new Partitions(settings.setup().partitions()), settings.destination().replicas());
  }

  @Bean(initMethod = "start")
  static AccessLogWriter accessLog(KafkaClients kafka, TopicDeclaration topics, Clock clock) {
    return new AccessLogWriter(SERVICE, kafka, topics::ready, clock);
  }

  @Bean(initMethod = "start")
  static ApiKeyUses apiKeyUses(KafkaClients kafka, TopicDeclaration topics, Clock clock) {
    return new ApiKeyUses(SERVICE.service(), kafka::writer, topics::ready, clock);
  }

  @Bean
  static FailureMapping failures() {
    return new FailureMapping() {};
  }
}
