package io.neuronledger.query.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.query.following.FollowingReader;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.intake.PartitionProgress;
import io.neuronledger.query.integrity.IntegrityQueries;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.status.DatabaseHealth;
import io.neuronledger.query.status.IntakeHealth;
import io.neuronledger.query.status.IntakeMetrics;
import io.neuronledger.query.status.StatusQueries;
import io.neuronledger.query.status.TopicWatch;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health and metrics. The health groups refer to the bean names. */
@Configuration
class StatusWiring {
  @Bean
  StatusQueries statusQueries(@Qualifier("reader") DSLContext reader, PartitionStore partitions,
      FollowingReports following) {
    return new StatusQueries(reader, partitions, following);
  }

  @Bean
  IntegrityQueries integrityQueries(@Qualifier("exporter") DSLContext exporter) {
    return new IntegrityQueries(exporter);
  }

  @Bean
  FollowingReports followingReports(Settings settings, Clock clock) {
    return new FollowingReports(settings.behind(), clock);
  }

  @Bean
  FollowingReader followingReader(KafkaClients clients, FollowingReports reports) {
    return new FollowingReader(clients::reader, reports).start();
  }

  @Bean
  TopicWatch topicWatch(Admin admin, PartitionProgress progress, Clock clock) {
    return new TopicWatch(admin, progress, clock).start();
  }

  @Bean
  IntakeMetrics intakeMetrics(MeterRegistry meters, Settings settings, PartitionProgress progress,
      StatusQueries status) {
    return new IntakeMetrics(meters, settings.partitions(), progress, status);
  }

  @Bean
  IntakeHealth intake(PartitionProgress progress, TopicWatch watch, StatusQueries status, Settings settings,
      Clock clock) {
    return new IntakeHealth(progress, watch, status, settings.intake().stalledAfter(), clock);
  }

  @Bean
  DatabaseHealth database(@Qualifier("reader") DSLContext reader) {
    return new DatabaseHealth(reader);
  }
}
