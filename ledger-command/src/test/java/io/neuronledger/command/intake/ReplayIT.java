package io.neuronledger.command.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.RandomBlocks;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.foundation.partitionlog.reader.RecordSequence;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Any prefix of a partition, delivered repeatedly from its first record: each record counts once. */
class ReplayIT {
  private static final Partitions PARTITIONS = new Partitions(1);
  private static final SequencedTopic<ChainRecord> TOPIC =
      new SequencedTopic<>(Topics.CHAIN_EVENTS, PARTITIONS, "chain-indexer", ChainRecord.class);

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void any_prefix_replayed_is_recorded_once(@ForAll long seed) {
    Random random = new Random(seed);
    List<ScriptedPartitions.KeyedRecord> records =
        RandomBlocks.of(random, ScriptedPartitions.GENESIS, 20).on(new ScriptedPartitions(PARTITIONS));
    List<ConsumerRecord<byte[], byte[]>> delivered = delivered(records);
    try (CommandFixture once = CommandFixture.on(Servers.freshSchema(), 1);
        CommandFixture again = CommandFixture.on(Servers.freshSchema(), 1)) {
      once.record(records);
      for (int known = 0; known < delivered.size();) {
        known += Math.min(delivered.size() - known, random.nextInt(12));
        record(again, delivered.subList(0, known), 1 + random.nextInt(7));
        if (random.nextBoolean()) {
          again.reset();
        }
      }
      assertThat(again.events(0)).isEqualTo(once.events(0));
    }
  }

  private static void record(CommandFixture instance, List<ConsumerRecord<byte[], byte[]>> prefix, int unitMax) {
    PartitionBatch<ChainRecord> batch = new RecordSequence<>(TOPIC, 0, 0).next(prefix, instance.nextSeq(0));
    assertThat(batch.halt()).isEmpty();
    instance.record(Map.of(0, batch.records()), unitMax);
  }

  private static List<ConsumerRecord<byte[], byte[]>> delivered(List<ScriptedPartitions.KeyedRecord> records) {
    List<ConsumerRecord<byte[], byte[]>> delivered = new ArrayList<>();
    for (ScriptedPartitions.KeyedRecord each : records) {
      delivered.add(new ConsumerRecord<>(Topics.CHAIN_EVENTS, 0, delivered.size(),
          each.key().map(WalletAddress::value).map(key -> key.getBytes(StandardCharsets.UTF_8)).orElse(null),
          ChainEventProducer.JSON.writeValueAsBytes(each.chainRecord())));
    }
    return delivered;
  }
}
