package io.neuronledger.command.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.neuronledger.command.publish.PublishProgress;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.report.ReportProgress;
import io.neuronledger.command.wiring.health.IntakeHealth;
import io.neuronledger.command.wiring.health.PublicationHealth;
import io.neuronledger.command.wiring.health.UsageHealth;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import java.time.Clock;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of health and metrics. */
@Configuration(proxyBeanMethods = false)
class ObservabilityWiring {
  /** Down with the reason until all topics exist as declared. */
  @Bean
  HealthIndicator topics(CommandService service) {
    return () -> service.topics().trouble().map(reason -> Health.down().withDetail("reason", reason).build())
        .orElseGet(() -> Health.up().build());
  }

  @Bean
  HealthIndicator intake(CommandService service, Quarantine quarantine) {
    return new IntakeHealth(service.reading(), quarantine);
  }

  @Bean
  HealthIndicator publication(CommandService service, CommandProperties properties, Clock clock) {
    return new PublicationHealth(service.publishProgress(), properties.stallAfter(), clock);
  }

  /** One gauge per partition and stage; NaN for a partition that another instance has. */
  @Bean
  MeterBinder partitionGauges(CommandService service, CommandProperties properties) {
    PartitionProgress progress = service.intakeProgress();
    PublishProgress publication = service.publishProgress();
    return meters -> {
      for (int partition = 0; partition < properties.partitions(); partition++) {
        int number = partition;
        String tag = Integer.toString(partition);
        Gauge.builder("ledger.command.lag", () -> progress.lag(number)).tags("partition", tag, "stage", "intake")
            .description("chain events in Kafka that are not in the event store").register(meters);
        Gauge.builder("ledger.command.lag", () -> publicationLag(publication, number))
            .tags("partition", tag, "stage", "publication")
            .description("account events in the event store that are not in Kafka").register(meters);
      }
      Gauge.builder("ledger.command.partitions.stopped", progress::halted)
          .description("halted partitions, which an operator must repair").register(meters);
      Gauge.builder("ledger.command.quarantined.owners", service::quarantinedOwners)
          .description("owners in quarantine, of the partitions that this instance records").register(meters);
      Gauge.builder("ledger.command.events.published", publication::published)
          .description("account events published since the start").register(meters);
    };
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

  private static double publicationLag(PublishProgress publication, int partition) {
    return publication.partitions().stream().filter(each -> each.partition() == partition)
        .mapToDouble(PublishProgress.Partition::lag).findFirst().orElse(Double.NaN);
  }

  private static FunctionCounter.Builder<ReportProgress> counter(String outcome,
      ToDoubleFunction<ReportProgress> count, ReportProgress progress) {
    return FunctionCounter.builder("ledger.command.usage.reports", progress, count).tag("outcome", outcome)
        .description("usage reports since the start, from REST and Kafka");
  }
}
