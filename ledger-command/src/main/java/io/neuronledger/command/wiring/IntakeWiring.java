package io.neuronledger.command.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.intake.ChainEventIntake;
import io.neuronledger.command.intake.IntakeProgress;
import io.neuronledger.command.intake.IntakeSettings;
import io.neuronledger.command.lock.RefundLockTable;
import io.neuronledger.command.partition.PartitionStores;
import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.command.partition.QuarantineRelease;
import io.neuronledger.command.quarantine.DeadLetters;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.PartitionTable;
import io.neuronledger.command.store.ServiceTermsTable;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.command.store.deployment.DeploymentTable;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.RecordParser;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the intake of chain events. */
@Configuration(proxyBeanMethods = false)
class IntakeWiring {
  private static final Duration POLL = Duration.ofMillis(100);

  @Bean(destroyMethod = "close")
  Producer<byte[], byte[]> deadLetterProducer(KafkaClients clients) {
    return clients.writer();
  }

  @Bean
  PartitionStores partitionStores(Partitions partitions, PartitionTable partition, DeploymentTable deployment,
      ServiceTermsTable terms,
      RefundLockTable locks, Quarantine quarantine, Producer<byte[], byte[]> deadLetterProducer, EventTable events,
      EventStore eventStore, Repository<LedgerAggregate> ledgers) {
    return new PartitionStores(partitions, partition, deployment, terms, locks, quarantine,
        new DeadLetters(deadLetterProducer),
        events, eventStore, ledgers);
  }

  @Bean
  PartitionTransactions partitionTransactions(PartitionStores stores, UnitsOfWork units, MeterRegistry meters) {
    return new PartitionTransactions(stores, units, meters);
  }

  @Bean
  RecordParser<ChainRecord> chainRecordParser() {
    return new RecordParser<>(ChainRecord.class);
  }

  @Bean
  QuarantineRelease quarantineRelease(PartitionTransactions transactions, RecordParser<ChainRecord> parser,
      Quarantine quarantine, ServiceTermsTable terms, Cache aggregates) {
    return new QuarantineRelease(transactions, parser, quarantine, terms, aggregates);
  }

  @Bean
  IntakeProgress intakeProgress(Clock clock) {
    return new IntakeProgress(clock);
  }

  @Bean(destroyMethod = "close")
  ChainEventIntake chainEventIntake(KafkaClients clients, TopicDeclaration topics, CommandProperties properties,
      Partitions partitions,
      PartitionTransactions transactions, RecordParser<ChainRecord> parser, IntakeProgress progress, Cache aggregates,
      Clock clock, Registration appendedEvents) {
    CommandProperties.Intake intake = properties.intake();
    IntakeSettings settings =
        new IntakeSettings(partitions, intake.unitMax(), POLL, intake.retryAfter(), intake.stoppedRetryAfter());
    ChainEventIntake started =
        new ChainEventIntake(() -> clients.member(intake.group(), intake.pollRecordsMax()), settings, transactions,
            parser, progress, aggregates, clock);
    started.start(intake.workers(), topics::ready);
    return started;
  }
}
