package io.neuronledger.command.wiring;

import io.neuronledger.command.admin.key.ApiKeyUseReader;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.foundation.access.key.ApiKeyUses;
import io.neuronledger.foundation.access.log.AccessLogWriter;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this service says of its callers. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
  private static final AccessLogPartition SERVICE = AccessLogPartition.LEDGER_COMMAND;

  @Bean(initMethod = "start")
  AccessLogWriter accessLog(KafkaClients kafka, CommandService service, Clock clock) {
    return new AccessLogWriter(SERVICE, kafka, service.topics()::ready, clock);
  }

  @Bean(initMethod = "start")
  ApiKeyUseReader apiKeyUseReader(KafkaClients kafka) {
    return new ApiKeyUseReader(kafka::reader);
  }

  @Bean(initMethod = "start")
  ApiKeyUses apiKeyUses(KafkaClients kafka, CommandService service, Clock clock) {
    return new ApiKeyUses(SERVICE.service(), kafka::writer, service.topics()::ready, clock);
  }
}
