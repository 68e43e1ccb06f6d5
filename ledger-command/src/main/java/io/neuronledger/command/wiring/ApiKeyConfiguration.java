package io.neuronledger.command.wiring;

import io.neuronledger.command.admin.key.ApiKeyPublisher;
import io.neuronledger.command.admin.key.ApiKeys;
import io.neuronledger.command.publish.PublisherLeases;
import io.neuronledger.command.store.key.KeyStore;
import io.neuronledger.foundation.access.key.KeyHasher;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The API keys: their store, and the publisher of their state. */
@Configuration(proxyBeanMethods = false)
class ApiKeyConfiguration {
  /** @param migrated it needs the tables */
  @Bean
  KeyStore keyStore(DataSource source, Clock clock, FlywayMigrationInitializer migrated) {
    return new KeyStore(source, clock);
  }

  @Bean
  ApiKeyPublisher apiKeyPublisher(KeyStore store, JdbcClient jdbc, KafkaClients kafka, CommandProperties properties,
      CommandService service, Clock clock) {
    Duration leaseTime = properties.publish().leaseTime();
    ApiKeyPublisher publisher = new ApiKeyPublisher(store,
        new PublisherLeases(jdbc, UUID.randomUUID().toString(), leaseTime), leaseTime, kafka::transactional, clock);
    publisher.start(service.topics()::ready);
    return publisher;
  }

  @Bean
  ApiKeys apiKeyAdministration(KeyStore store, KeyHasher hasher, Clock clock, ApiKeyPublisher publisher) {
    return new ApiKeys(store, hasher, new SecureRandom(), clock, publisher::wake);
  }
}
