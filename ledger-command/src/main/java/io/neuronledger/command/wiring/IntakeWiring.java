package io.neuronledger.command.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.intake.ChainEventIntake;
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
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.reader.PartitionReaders;
import io.neuronledger.foundation.partitionlog.reader.ReaderSettings;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
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
  SequencedTopic<ChainRecord> chainEvents(Partitions partitions) {
    return new SequencedTopic<>(Topics.CHAIN_EVENTS, partitions, "chain-indexer", ChainRecord.class);
  }

  @Bean
  QuarantineRelease quarantineRelease(PartitionTransactions transactions, SequencedTopic<ChainRecord> topic,
      Quarantine quarantine, ServiceTermsTable terms, Cache aggregates) {
    return new QuarantineRelease(transactions, topic.parser(), quarantine, terms, aggregates);
  }

  @Bean
  PartitionProgress partitionProgress(Clock clock) {
    return new PartitionProgress(clock);
  }

  @Bean
  ChainEventIntake chainEventIntake(PartitionTransactions transactions, CommandProperties properties,
      Cache aggregates) {
    return new ChainEventIntake(transactions, properties.intake().unitMax(), aggregates);
  }

  @Bean(destroyMethod = "close")
  PartitionReaders<ChainRecord> chainEventReaders(KafkaClients clients, TopicDeclaration topics,
      CommandProperties properties, SequencedTopic<ChainRecord> topic, ChainEventIntake handler,
      PartitionProgress progress, Clock clock, Registration appendedEvents) {
    CommandProperties.Intake intake = properties.intake();
    return new PartitionReaders<>(topic, handler,
        new ReaderSettings(POLL, intake.retryAfter(), intake.stoppedRetryAfter(), false, true), progress, clock,
        () -> clients.member(intake.group(), intake.pollRecordsMax())).start(intake.workers(), topics::ready);
  }
}
