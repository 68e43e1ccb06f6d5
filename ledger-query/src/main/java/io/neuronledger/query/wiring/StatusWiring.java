package io.neuronledger.query.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.progress.ReadingHealth;
import io.neuronledger.foundation.partitionlog.progress.TopicWatch;
import io.neuronledger.query.following.FollowingReader;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.integrity.IntegrityQueries;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.status.DatabaseHealth;
import io.neuronledger.query.status.IntakeHealth;
import io.neuronledger.query.status.IntakeMetrics;
import io.neuronledger.query.status.StatusQueries;
import java.time.Clock;
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
  TopicWatch topicWatch(KafkaClients clients, PartitionProgress progress, Clock clock) {
    return new TopicWatch(clients.admin(), Topics.ACCOUNT_EVENTS, progress, clock).start();
  }

  @Bean
  IntakeMetrics intakeMetrics(MeterRegistry meters, Settings settings, PartitionProgress progress,
      StatusQueries status) {
    return new IntakeMetrics(meters, settings.partitions(), progress, status);
  }

  @Bean
  IntakeHealth intake(PartitionProgress progress, TopicWatch watch, StatusQueries status, Settings settings,
      Clock clock) {
    return new IntakeHealth(new ReadingHealth(progress, watch, settings.intake().stalledAfter(), clock), progress,
        status);
  }

  @Bean
  DatabaseHealth database(@Qualifier("reader") DSLContext reader) {
    return new DatabaseHealth(reader);
  }
}
