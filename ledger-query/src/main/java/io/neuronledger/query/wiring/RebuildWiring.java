package io.neuronledger.query.wiring;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.intake.BatchWriter;
import io.neuronledger.query.intake.KafkaDeadLetters;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.rebuild.NewDeadLetters;
import io.neuronledger.query.rebuild.RebuildParts;
import io.neuronledger.query.rebuild.Rebuilds;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Rebuilds of the read model. */
@Configuration
class RebuildWiring {
  @Bean
  Rebuilds rebuilds(Generations generations, Settings settings, KafkaClients clients, SequencedTopic<AccountRecord> topic,
      PartitionStore partitionStore, @Qualifier("reader") DSLContext reader, List<Projection> projections,
      Producer<byte[], byte[]> deadLetters, Clock clock) {
    return new Rebuilds(new RebuildParts(generations, () -> clients.reader(settings.intake().batchMax()), topic,
        partitionStore, reader,
        building -> new BatchWriter(building, partitionStore, projections,
            new NewDeadLetters(new KafkaDeadLetters(deadLetters), reader)),
        settings.intake().batchMax(), clock));
  }
}
