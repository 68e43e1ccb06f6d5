package io.neuronledger.foundation.access;

import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.ApiKeyReader;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets a service hear of API keys; requires its {@link KafkaClients}. */
@Configuration(proxyBeanMethods = false)
public class ApiKeyWiring {
  @Bean(initMethod = "start")
  static ApiKeyReader apiKeyReader(KafkaClients kafka, ApiKeyDirectory directory) {
    return new ApiKeyReader(kafka::reader, directory);
  }

  /**
   * Always up: while no API key is verified all instances are alike, and still serve other callers. The details say so.
   */
  @Bean
  static HealthIndicator apiKeys(ApiKeyDirectory directory) {
    return () -> Health.up().withDetail("verifiable", directory.isFresh())
        .withDetail("as_of", directory.heardAt().map(Instant::toString).orElse("never")).build();
  }
}
