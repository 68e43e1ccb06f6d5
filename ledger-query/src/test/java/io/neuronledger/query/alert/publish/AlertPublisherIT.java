package io.neuronledger.query.alert.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertKind;
import io.neuronledger.contracts.view.alert.AlertRecord;
import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.query.alert.judge.Judging;
import io.neuronledger.query.alert.store.AlertStore;
import io.neuronledger.query.alert.store.Recording;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is recorded comes to the topic, in order and at least once, also through a crash. */
class AlertPublisherIT {
  private static final int PARTITIONS = 2;
  private static final long CHAIN = 16_602;
  private static final short ONE_COPY = 1;

  private final Judging judging = new Judging(PARTITIONS, Duration.ofDays(1), 1);
  private final AlertStore store = judging.store();
  private final DSLContext db = judging.fixture().db();
  private final KafkaClients kafka =
      KafkaClients.of(Map.of("bootstrap.servers", TestKafka.bootstrapServers()), Duration.ofSeconds(10));
  private final AlertPublisher publisher = publisher(OptionalLong.of(CHAIN));
  private final WalletAddress owner = Wallets.inPartition(1, 0, judging.fixture().partitions());

  private AlertPublisher publisher(OptionalLong chain) {
    return new AlertPublisher(db, store, () -> chain, kafka.writer(), QueryFixture.JSON);
  }

  @BeforeEach
  void recreate() throws ExecutionException, InterruptedException {
    try (Admin admin = kafka.admin()) {
      if (admin.listTopics().names().get().contains(Topics.ALERTS)) {
        admin.deleteTopics(List.of(Topics.ALERTS)).all().get();
      }
      Awaitility.await().until(() -> !admin.listTopics().names().get().contains(Topics.ALERTS));
      admin.createTopics(List.of(new NewTopic(Topics.ALERTS, PARTITIONS, ONE_COPY))).all().get();
    }
  }

  @AfterEach
  void close() {
    publisher.close();
    judging.close();
  }

  private void record(Optional<WalletAddress> about, int count) {
    db.transaction(transaction -> {
      Recording recording = new Recording(store, Instant.parse("2026-01-01T00:00:00Z"), transaction.dsl());
      IntStream.range(0, count).forEach(_ -> recording.add(new AlertView(UUID.randomUUID(), AlertType.RAISED,
          UUID.randomUUID(), AlertKind.BALANCE_BELOW, about, Optional.empty(), Optional.empty(), Optional.empty(),
          Optional.of("5"), Optional.empty(), AlertView.By.BLOCK, Optional.empty(), recording.now(), Optional.empty(),
          Optional.empty(), Optional.empty(), Optional.empty()), false));
      recording.write();
    });
  }

  private List<ConsumerRecord<byte[], byte[]>> published() {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (Consumer<byte[], byte[]> reader = kafka.reader()) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(each -> new TopicPartition(Topics.ALERTS, each)).toList();
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> reader.position(each) < ends.getOrDefault(each, 0L))) {
        reader.poll(Duration.ofMillis(100)).forEach(all::add);
      }
    }
    return all;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Test
  void each_is_published_once_in_its_owners_partition_with_the_headers_of_a_cloud_event() {
    record(Optional.of(owner), 2);
    record(Optional.empty(), 1);
    publisher.publish();
    publisher.publish();
    List<ConsumerRecord<byte[], byte[]>> published = published();
    assertThat(published).extracting(each -> each.partition() + " " + header(each, "ce_id"))
        .containsExactlyInAnyOrder("0 0-0", "1 1-0", "1 1-1");
    for (ConsumerRecord<byte[], byte[]> each : published) {
      assertThat(header(each, "ce_source")).isEqualTo("/neuron-ledger/16602/alerts");
      assertThat(header(each, "ce_type")).isEqualTo("alert-raised.v1");
      assertThat(new String(each.key(), UTF_8)).isEqualTo(each.partition() == 1 ? owner.value() : "");
      assertThat(each.headers().lastHeader("ce_subject") == null).isEqualTo(each.partition() == 0);
    }
    assertThat(store.unpublished(db)).isZero();
  }

  /** It ends after Kafka has the records and before the database knows. */
  @Test
  void after_a_crash_an_alert_comes_again_under_its_number_and_with_its_bytes() {
    record(Optional.of(owner), 2);
    assertThatThrownBy(() -> new AlertPublisher(db, store, () -> {
      judging.fixture().owner().execute("ALTER TABLE " + judging.fixture().beside()
          + ".alert_published ADD CONSTRAINT crash CHECK (next_seq = 0) NOT VALID");
      return OptionalLong.of(CHAIN);
    }, kafka.writer(), QueryFixture.JSON).publish()).hasMessageContaining("crash");
    judging.fixture().owner().execute("ALTER TABLE " + judging.fixture().beside()
        + ".alert_published DROP CONSTRAINT crash");
    record(Optional.of(owner), 1);
    publisher.publish();
    List<ConsumerRecord<byte[], byte[]>> published = published();
    assertThat(published).extracting(each -> header(each, "ce_id"))
        .containsExactly("1-0", "1-1", "1-0", "1-1", "1-2");
    assertThat(published.get(2).value()).isEqualTo(published.get(0).value());
    assertThat(published.get(3).value()).isEqualTo(published.get(1).value());
  }

  @Test
  void the_content_is_published_as_it_was_written_also_where_only_another_version_knows_its_form() {
    record(Optional.of(owner), 3);
    record(Optional.empty(), 1);
    List<AlertView> recorded = judging.alerts().stream().filter(each -> each.owner().isPresent()).toList();
    String alerts = judging.fixture().beside() + ".alert";
    db.execute("UPDATE " + alerts + " SET content = replace(content, 'balance-below', 'of-later')"
        + " WHERE partition = 1 AND seq = 0");
    db.execute("UPDATE " + alerts + " SET content = '{' WHERE partition = 1 AND seq = 1");
    publisher.publish();
    List<ConsumerRecord<byte[], byte[]>> published = published();
    assertThat(published).as("but for what is damaged").extracting(each -> header(each, "ce_id"))
        .containsExactlyInAnyOrder("0-0", "1-0", "1-2");
    assertThat(store.unpublished(db)).isZero();
    List<String> values = published.stream().filter(each -> each.partition() == 1)
        .map(each -> new String(each.value(), UTF_8)).toList();
    assertThat(values.getFirst()).contains("\"kind\":\"of-later\"");
    AlertView last = recorded.getLast();
    assertThat(values.getLast()).isEqualTo(QueryFixture.JSON.writeValueAsString(new AlertRecord(CHAIN, 1, 2,
        last.recordedAt(), new AlertView(last.id(), last.type(), last.rule(), last.kind(), last.owner(),
            last.provider(), last.service(), last.subject(), last.value(), last.threshold(), last.by(), last.block(),
            last.recordedAt(), last.about(), last.test(), Optional.empty(), Optional.empty()))));
  }

  @Test
  void another_instance_publishes_nothing_meanwhile_and_nothing_is_published_before_the_chain_is_known() {
    record(Optional.of(owner), 1);
    assertThat(publisher(OptionalLong.empty()).publish()).isFalse();
    DSLContext other = judging.fixture().reader();
    other.transaction(transaction -> {
      assertThat(store.tryLockPublishing(transaction.dsl())).isTrue();
      publisher.publish();
    });
    assertThat(published()).isEmpty();
    publisher.publish();
    assertThat(published()).hasSize(1);
  }
}
