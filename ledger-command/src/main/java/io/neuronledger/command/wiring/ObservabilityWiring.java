package io.neuronledger.command.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.neuronledger.command.intake.ChainEventIntake;
import io.neuronledger.command.publish.AppendSignal;
import io.neuronledger.command.publish.PublishProgress;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.store.LedgerEventStore;
import io.neuronledger.command.wiring.health.IntakeHealth;
import io.neuronledger.command.wiring.health.PublicationHealth;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.progress.ReadingHealth;
import io.neuronledger.foundation.partitionlog.progress.TopicWatch;
import java.time.Clock;
import org.axonframework.common.Registration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of health and metrics. */
@Configuration(proxyBeanMethods = false)
class ObservabilityWiring {
  @Bean(destroyMethod = "cancel")
  Registration appendedEvents(LedgerEventStore eventStore, AppendSignal signal, MeterRegistry meters) {
    return eventStore.subscribe(new AppendedEvents(signal, meters));
  }

  @Bean
  HealthIndicator intake(PartitionProgress progress, TopicWatch watch, Quarantine quarantine,
      CommandProperties properties, Clock clock) {
    return new IntakeHealth(new ReadingHealth(progress, watch, properties.stallAfter(), clock), progress, quarantine);
  }

  @Bean
  HealthIndicator publication(PublishProgress progress, CommandProperties properties, Clock clock) {
    return new PublicationHealth(progress, properties.stallAfter(), clock);
  }

  /** One gauge per partition and stage; NaN for a partition that another instance has. */
  @Bean
  MeterBinder partitionGauges(PartitionProgress progress, ChainEventIntake intake, PublishProgress publication,
      CommandProperties properties) {
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
      Gauge.builder("ledger.command.quarantined.owners", intake::quarantinedOwners)
          .description("owners in quarantine, of the partitions that this instance records").register(meters);
      Gauge.builder("ledger.command.events.published", publication::published)
          .description("account events published since the start").register(meters);
    };
  }

  private static double publicationLag(PublishProgress publication, int partition) {
    return publication.partitions().stream().filter(each -> each.partition() == partition)
        .mapToDouble(PublishProgress.Partition::lag).findFirst().orElse(Double.NaN);
  }
}
