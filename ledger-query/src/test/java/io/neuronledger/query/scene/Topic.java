package io.neuronledger.query.scene;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.Topics;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.servers.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** The topic of account events, fresh, and somebody who writes it as ledger-command does: in transactions. */
public final class Topic implements AutoCloseable {
  private static final short ONE_COPY = 1;

  private final KafkaProducer<byte[], byte[]> producer;

  public Topic(int partitions) {
    this(TestKafka.bootstrapServers(), partitions);
  }

  public Topic(String bootstrapServers, int partitions) {
    this(bootstrapServers);
    recreate(bootstrapServers, partitions);
  }

  private Topic(String bootstrapServers) {
    producer = new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "story-" + UUID.randomUUID()),
        new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  /** The topic as somebody else left it. */
  public static Topic existing(String bootstrapServers) {
    return new Topic(bootstrapServers);
  }

  private static void recreate(String bootstrapServers, int partitions) {
    Set<String> names = Set.of(Topics.ACCOUNT_EVENTS, Topics.ACCOUNT_EVENTS_DEAD);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      Set<String> old = admin.listTopics().names().get();
      admin.deleteTopics(old.stream().filter(names::contains).toList()).all().get();
      Awaitility.await().until(() -> admin.listTopics().names().get().stream().noneMatch(names::contains));
      admin.createTopics(names.stream().map(name -> new NewTopic(name, partitions, ONE_COPY)).toList()).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** One transaction. */
  public void publish(List<AccountRecord> records) {
    send(records.stream().map(record -> raw(record.partition(), PartitionStream.keyOf(record),
        QueryFixture.JSON.writeValueAsBytes(record))).toList());
  }

  /** One transaction with a record of any content. */
  public void publishRaw(int partition, Optional<WalletAddress> key, String value) {
    send(List.of(raw(partition, key, value.getBytes(StandardCharsets.UTF_8))));
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records) {
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    producer.commitTransaction();
    sent.forEach(Future::resultNow);
  }

  private static ProducerRecord<byte[], byte[]> raw(int partition, Optional<WalletAddress> key, byte[] value) {
    return new ProducerRecord<>(Topics.ACCOUNT_EVENTS, partition,
        key.map(owner -> owner.value().getBytes(StandardCharsets.UTF_8)).orElse(null), value);
  }

  @Override
  public void close() {
    producer.close();
  }
}
