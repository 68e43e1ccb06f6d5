package io.neuronledger.command.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.neuronledger.command.report.ReportProgress;
import io.neuronledger.command.report.UsageReportIntake;
import io.neuronledger.command.resolution.DiscrepancyStream;
import io.neuronledger.command.resolution.Resolutions;
import io.neuronledger.command.store.AggregateCache;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.command.store.deployment.DeclaredDeployment;
import io.neuronledger.command.usage.AcceptedRequests;
import io.neuronledger.command.usage.UsageMeters;
import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.command.wiring.health.UsageHealth;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import java.time.Clock;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Beans of usage reports and of operators' decisions. */
@Configuration(proxyBeanMethods = false)
class UsageWiring {
  @Bean
  DeclaredDeployment declaredDeployment(Partitions partitions, JdbcClient jdbc) {
    return new DeclaredDeployment(partitions, jdbc);
  }

  @Bean
  UsageRecorder usageRecorder(JdbcClient jdbc, EventStore eventStore, DeclaredDeployment declaredDeployment,
      UnitsOfWork units, CommandProperties properties) {
    AggregateCache cache = new AggregateCache(properties.usage().metersCached());
    return new UsageRecorder(new AcceptedRequests(jdbc), UsageMeters.on(eventStore, cache), cache, declaredDeployment,
        units);
  }

  @Bean
  ReportProgress reportProgress(Clock clock) {
    return new ReportProgress(clock);
  }

  /** @param appendedEvents must be subscribed before the first append */
  @Bean(destroyMethod = "close")
  UsageReportIntake usageReportIntake(KafkaClients clients, TopicDeclaration topics, UsageRecorder recorder,
      ReportProgress progress, CommandProperties properties, Registration appendedEvents) {
    UsageReportIntake started = new UsageReportIntake(
        clients.listener(properties.usage().group(), properties.usage().pollRecordsMax()), clients.transactions(),
        properties.usage().group() + "-" + UUID.randomUUID() + "-", recorder, progress, properties.usage().retryAfter(),
        topics::ready);
    started.start();
    return started;
  }

  @Bean
  Resolutions resolutions(EventStore eventStore, JdbcClient jdbc, DeclaredDeployment declaredDeployment,
      UnitsOfWork units, Clock clock) {
    return new Resolutions(new DiscrepancyStream(eventStore, jdbc), declaredDeployment, units, clock);
  }

  @Bean
  HealthIndicator usage(ReportProgress progress, CommandProperties properties, Clock clock) {
    return new UsageHealth(progress, properties.stallAfter(), clock);
  }

  @Bean
  MeterBinder usageCounters(ReportProgress progress) {
    return meters -> {
      counter("recorded", ReportProgress::recorded, progress).register(meters);
      counter("repeated", ReportProgress::repeated, progress).register(meters);
      counter("refused", ReportProgress::refused, progress).register(meters);
    };
  }

  private static FunctionCounter.Builder<ReportProgress> counter(String outcome,
      ToDoubleFunction<ReportProgress> count, ReportProgress progress) {
    return FunctionCounter.builder("ledger.command.usage.reports", progress, count).tag("outcome", outcome)
        .description("usage reports since the start, from REST and Kafka");
  }
}
