package io.neuronledger.indexer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.ChainRecord;
import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.indexer.publish.LedgerJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;

/**
 * What anybody reads of an indexer's partitions: committed records only, with the promises every reader relies on checked.
 */
public final class Published implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Partitions partitions;
  private final List<List<ConsumerRecord<byte[], byte[]>>> byPartition;

  public Published(String bootstrapServers, String topic, int partitionCount) {
    this.consumer = new KafkaConsumer<>(Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20_000,
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2_000,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.partitions = new Partitions(partitionCount);
    this.byPartition = IntStream.range(0, partitionCount)
        .<List<ConsumerRecord<byte[], byte[]>>>mapToObj(_ -> new ArrayList<>()).toList();
    consumer.assign(IntStream.range(0, partitionCount).mapToObj(partition -> new TopicPartition(topic, partition)).toList());
  }

  /** Reads what has been committed since the last time. */
  public Published refresh() {
    Map<TopicPartition, Long> ends;
    try {
      ends = consumer.endOffsets(consumer.assignment());
    } catch (TimeoutException e) {
      return this;   // the topic does not exist yet, or no broker is there
    }
    while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(record -> byPartition.get(record.partition()).add(record));
    }
    return this;
  }

  /** The partition's records as trees, whether or not they can be understood. */
  public List<JsonNode> trees(int partition) {
    return byPartition.get(partition).stream().map(record -> LedgerJson.MAPPER.readTree(record.value())).toList();
  }

  /** Every record of the partition; fails if one cannot be understood. */
  public List<ChainRecord> partition(int partition) {
    return byPartition.get(partition).stream().map(record -> LedgerJson.MAPPER.readValue(record.value(), ChainRecord.class))
        .toList();
  }

  public Stream<ChainRecord> all() {
    return IntStream.range(0, partitions.count()).boxed().flatMap(partition -> partition(partition).stream());
  }

  /** The partition without what was retracted. */
  public List<ChainRecord> living(int partition) {
    List<ChainRecord> living = new ArrayList<>();
    for (ChainRecord record : partition(partition)) {
      if (record.event() instanceof ChainEvent.BranchRetracted retracted) {
        living.removeIf(earlier -> earlier.position().block() >= retracted.fromBlock());
      } else {
        living.add(record);
      }
    }
    return living;
  }

  /** The living facts about owners, in the chain's order. */
  public List<ChainRecord> livingFacts() {
    return IntStream.range(0, partitions.count()).boxed().flatMap(partition -> living(partition).stream())
        .filter(record -> record.event() instanceof ChainEvent.OwnerFact)
        .sorted(Comparator.comparing(ChainRecord::position)).toList();
  }

  /** The number of the last sealed block of the partition that has come least far; −1 before the first. */
  public long sealed() {
    return IntStream.range(0, partitions.count()).mapToLong(partition -> last(partition, Published::isSeal)).min().orElseThrow();
  }

  /** Whether the last living record of every partition is of this block: a transaction's partitions show one after the other. */
  public boolean endsWith(Hash block) {
    return IntStream.range(0, partitions.count()).mapToObj(this::living)
        .allMatch(records -> !records.isEmpty() && records.getLast().blockHash().equals(block));
  }

  public long retractions() {
    return partition(0).stream().filter(record -> record.event() instanceof ChainEvent.BranchRetracted).count();
  }

  /** The promises: see each assertion. */
  public void assertWellFormed(long startBlock) {
    for (int partition = 0; partition < partitions.count(); partition++) {
      assertPartition(partition, startBlock);
    }
  }

  private void assertPartition(int partition, long startBlock) {
    List<ChainRecord> records = partition(partition);
    long nextSealed = startBlock;
    int branch = 0;
    for (int i = 0; i < records.size(); i++) {
      ChainRecord record = records.get(i);
      String where = "partition " + partition + " record " + i + ": " + record;
      assertThat(record.seq()).as("seq without a gap, %s", where).isEqualTo(i);
      assertThat(record.partition()).as(where).isEqualTo(partition);
      assertThat(record.event() instanceof ChainEvent.DeploymentDeclared).as("declared first, %s", where)
          .isEqualTo(i == 0);
      if (record.event() instanceof ChainEvent.BranchRetracted retracted) {
        branch++;
        assertThat(retracted.branch()).as(where).isEqualTo(branch);
        assertThat(retracted.fromBlock()).as(where).isLessThan(nextSealed);
        nextSealed = retracted.fromBlock();
      } else if (i > 0) {
        boolean ofSealed = isObservation(record) || (isSeal(record) && isObservation(records.get(i - 1)));
        assertThat(record.position().block()).as("behind the last seal, %s", where)
            .isEqualTo(ofSealed ? nextSealed - 1 : nextSealed);
        nextSealed += isSeal(record) && !ofSealed ? 1 : 0;
      }
      assertThat(record.branch()).as(where).isEqualTo(branch);
      assertKey(record, byPartition.get(partition).get(i));
    }
    assertOrdered(records);
  }

  private void assertKey(ChainRecord record, ConsumerRecord<byte[], byte[]> raw) {
    assertThat(new String(raw.headers().lastHeader("type").value(), StandardCharsets.UTF_8))
        .isEqualTo(LedgerJson.MAPPER.readTree(raw.value()).path("event").path("type").asString());
    if (record.event() instanceof ChainEvent.OwnerFact fact) {
      assertThat(new String(raw.key(), StandardCharsets.UTF_8)).isEqualTo(fact.owner().value());
      assertThat(partitions.of(fact.owner())).isEqualTo(record.partition());
    } else {
      assertThat(raw.key()).isNull();
    }
  }

  /** Between retractions, positions rise. */
  private static void assertOrdered(List<ChainRecord> records) {
    for (int i = 2; i < records.size(); i++) {
      if (!(records.get(i).event() instanceof ChainEvent.BranchRetracted)
          && !(records.get(i - 1).event() instanceof ChainEvent.BranchRetracted)) {
        assertThat(records.get(i).position()).isGreaterThan(records.get(i - 1).position());
      }
    }
  }

  private long last(int partition, Predicate<ChainRecord> kind) {
    List<ChainRecord> records = partition(partition);
    for (int i = records.size() - 1; i >= 0; i--) {
      if (kind.test(records.get(i))) {
        return records.get(i).position().block();
      }
    }
    return -1;
  }

  private static boolean isObservation(ChainRecord record) {
    return record.event() instanceof ChainEvent.StateObserved
        || record.event() instanceof ChainEvent.ReconciliationEnded;
  }

  private static boolean isSeal(ChainRecord record) {
    return record.event() instanceof ChainEvent.BlockSealed;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
