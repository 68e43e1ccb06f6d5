package io.neuronledger.query.wiring;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.reader.PartitionReaders;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import io.neuronledger.query.asof.SealWatch;
import io.neuronledger.query.audit.EntryProjection;
import io.neuronledger.query.balance.BalanceProjection;
import io.neuronledger.query.discrepancy.DiscrepancyProjection;
import io.neuronledger.query.intake.AccountEventIntake;
import io.neuronledger.query.intake.BatchWriter;
import io.neuronledger.query.intake.CommittedBatch;
import io.neuronledger.query.intake.KafkaDeadLetters;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.quarantine.QuarantineQueries;
import io.neuronledger.query.quarantine.Unparking;
import io.neuronledger.query.reconciliation.ReconciliationProjection;
import io.neuronledger.query.settlement.SettlementProjection;
import io.neuronledger.query.status.IntakeMetrics;
import io.neuronledger.query.usage.UsageProjection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The intake of records from Kafka into the projections. */
@Configuration
class IntakeWiring {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** All projections; a new question adds its own here. */
  @Bean
  List<Projection> projections(JsonMapper json) {
    return List.of(new BalanceProjection(json), new EntryProjection(), new DiscrepancyProjection(json),
        new UsageProjection(), new SettlementProjection(), new ReconciliationProjection());
  }

  @Bean
  PartitionProgress partitionProgress(Clock clock) {
    return new PartitionProgress(clock);
  }

  @Bean
  BatchWriter batchWriter(@Qualifier("writer") DSLContext writer, PartitionStore partitions,
      List<Projection> projections,
      Producer<byte[], byte[]> deadLetters) {
    return new BatchWriter(writer, partitions, projections, new KafkaDeadLetters(deadLetters));
  }

  @Bean
  SequencedTopic<AccountRecord> accountEvents(Partitions partitions) {
    return new SequencedTopic<>(Topics.ACCOUNT_EVENTS, partitions, "ledger-command", AccountRecord.class);
  }

  @Bean
  Unparking unparking(@Qualifier("writer") DSLContext writer, PartitionStore partitionStore, Partitions partitions,
      SequencedTopic<AccountRecord> topic, List<Projection> projections) {
    return new Unparking(writer, partitionStore, partitions, topic.parser(), projections);
  }

  @Bean
  QuarantineQueries quarantineQueries(@Qualifier("reader") DSLContext reader) {
    return new QuarantineQueries(reader);
  }

  @Bean(destroyMethod = "close")
  PartitionReaders<AccountRecord> accountEventReaders(Settings settings, KafkaClients clients, BatchWriter batches,
      PartitionStore partitionStore, @Qualifier("writer") DSLContext writer, PartitionProgress progress,
      SealWatch watch, Clock clock, SequencedTopic<AccountRecord> topic, IntakeMetrics metrics,
      TopicDeclaration topics) {
    AccountEventIntake intake = new AccountEventIntake(batches, partitionStore, writer, batch -> {
      watch.sealed(sealedBlocks(batch));
      metrics.record(batch);
    });
    return new PartitionReaders<>(topic, intake, AccountEventIntake.SETTINGS, progress, clock,
        () -> clients.member(settings.kafka().group(), settings.intake().batchMax()))
        .start(settings.intake().threads(), topics::ready);
  }

  private static Map<Integer, Long> sealedBlocks(CommittedBatch batch) {
    return batch.partitions().stream().filter(partition -> partition.seal().isPresent())
        .collect(Collectors.toMap(Partition::number, partition -> partition.seal().orElseThrow().block()));
  }
}
