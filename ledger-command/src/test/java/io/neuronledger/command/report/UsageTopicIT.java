package io.neuronledger.command.report;

import static io.neuronledger.command.fixture.Reports.json;
import static io.neuronledger.command.fixture.Reports.report;
import static io.neuronledger.command.fixture.Reports.withFee;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.usage.UsageReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reports over Kafka: in any partition, in any order, repeated after a crash. */
class UsageTopicIT {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String GROUP = "usage-topic-it-" + UUID.randomUUID();
  private static final String SETTING = "neuron-ledger.usage.group=" + GROUP;

  @Test
  void each_report_is_recorded_once_and_each_refusal_is_published_once_with_its_reason() throws Exception {
    Servers.freshTopics(PARTITIONS.count());
    String database = Servers.freshSchema();
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); KafkaProducer<String, String> broker =
        broker()) {
      // Reports wait in the topic until the deployment is declared.
      broker.send(event(0, "any", json(report("r-1", 5)))).get();
      try (Service service = Service.start(database, PARTITIONS.count(), SETTING)) {
        assertThat(service.url("/")).startsWith("http");
        feed.publish(new ScriptedPartitions(PARTITIONS).seal().drain());
        broker.send(event(1, null, json(report("r-2", 7)))).get();
        broker.send(event(1, "any", json(report("r-1", 5)))).get();
        broker.send(event(0, "k-conflict", json(report("r-1", 6)))).get();
        broker.send(event(0, "k-fee", json(withFee(report("r-3", 5), "4")))).get();
        broker.send(event(1, "k-json", "no json")).get();
        broker.send(without(event(1, "k-headers", json(report("r-4", 5))), "ce_id")).get();
        broker.send(with(event(1, "k-type", json(report("r-5", 5))), "ce_type", "something.else")).get();
        broker.send(with(event(0, "k-form", json(report("r-6", 5))), "content-type", "application/avro")).get();
        await().atMost(PATIENCE).until(() -> rejects().size() == 6 && recorded(feed).size() == 2);
      }
      assertThat(recorded(feed)).containsExactlyInAnyOrder("r-1", "r-2");
      Map<String, Map<String, String>> byKey = new HashMap<>();
      rejects().forEach(each -> byKey.put(text(each.key()), headersOf(each)));
      assertThat(byKey.get("k-conflict")).containsEntry("refusal", "request-already-reported");
      assertThat(byKey.get("k-fee")).containsEntry("refusal", "fee-mismatch").containsEntry("expected_fee", "5")
          .containsEntry("refused_partition", "0").containsEntry("ce_type", Topics.USAGE_REPORT_TYPE);
      assertThat(byKey.get("k-json")).containsEntry("refusal", "malformed-report");
      assertThat(byKey.get("k-headers")).containsEntry("refusal", "not-a-usage-report")
          .containsEntry("refusal_detail", "the header ce_id is missing");
      assertThat(byKey.get("k-type")).containsEntry("refusal", "not-a-usage-report");
      assertThat(byKey.get("k-form")).containsEntry("refusal", "not-a-usage-report");

      // The group's offsets are lost: all reports are delivered again, and none is recorded again.
      deleteOffsets();
      broker.send(event(0, "any", json(report("r-7", 9)))).get();
      try (Service service = Service.start(database, PARTITIONS.count(), SETTING)) {
        assertThat(service.url("/")).startsWith("http");
        await().atMost(PATIENCE).until(() -> recorded(feed).contains("r-7"));
      }
      assertThat(recorded(feed)).containsExactlyInAnyOrder("r-1", "r-2", "r-7");
    }
  }

  @Test
  void priced_lines_and_charges_without_prices_are_recorded_and_a_wrong_sum_is_refused() throws Exception {
    Servers.freshTopics(PARTITIONS.count());
    UsageReport lines = Reports.withUnits(report("p-1", 5), Reports.priced());
    UsageReport charge = Reports.withUnits(withFee(report("p-2", 5), "7"), Reports.unpriced());
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); KafkaProducer<String, String> broker =
        broker();
        Service service =
            Service.start(Servers.freshSchema(), PARTITIONS.count(), "neuron-ledger.usage.group=" + GROUP + "-d")) {
      assertThat(service.url("/")).startsWith("http");
      feed.publish(new ScriptedPartitions(PARTITIONS).seal().drain());
      broker.send(event(0, "k-sum", json(withFee(lines, "2299")))).get();
      broker.send(event(0, "k-lines", json(lines))).get();
      broker.send(event(1, "k-charge", json(charge))).get();
      await().atMost(PATIENCE).until(() -> rejects().size() == 1 && recorded(feed).size() == 2);
      assertThat(feed.published().stream().filter(each -> each.event() instanceof UsageEvent.UsageRecorded)
          .flatMap(each -> ((UsageEvent.UsageRecorded) each.event()).lines().stream()))
          .containsExactlyInAnyOrder(lines.line(), charge.line());
    }
    assertThat(headersOf(rejects().getFirst())).containsEntry("refusal", "fee-mismatch")
        .containsEntry("expected_fee", "2300");
  }

  /** A failing batch is retried, not skipped; readiness reports the failure, and then each report is recorded once. */
  @Test
  void a_failing_store_delays_reports_and_loses_none() throws Exception {
    Servers.freshTopics(PARTITIONS.count());
    String schema = Servers.freshSchema();
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); KafkaProducer<String, String> broker =
        broker();
        Service service = Service.start(schema, PARTITIONS.count(), "neuron-ledger.usage.group=" + GROUP + "-b",
            "neuron-ledger.usage.retry-after=100ms", "neuron-ledger.stall-after=2s")) {
      feed.publish(new ScriptedPartitions(PARTITIONS).seal().drain());
      broker.send(event(0, "k-before", json(report("f-1", 5)))).get();
      await().atMost(PATIENCE).until(() -> recorded(feed).size() == 1);
      JdbcClient store = JdbcClient.create(Servers.database(schema).migrating().on(Servers.database(schema).url()));
      store.sql("ALTER TABLE accepted_request RENAME TO accepted_request_away").update();
      broker.send(event(0, "k-during", json(report("f-2", 5)))).get();
      broker.send(event(1, "k-refused", "no json")).get();
      await().atMost(PATIENCE).untilAsserted(() -> {
        Http.Answer health = Http.get(service.url("/actuator/health/readiness"));
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.body().at("/components/usage/details/failing").asString()).contains("accepted_request");
      });
      store.sql("ALTER TABLE accepted_request_away RENAME TO accepted_request").update();
      await().atMost(PATIENCE).until(() -> recorded(feed).size() == 2 && rejects().size() == 1);
      assertThat(recorded(feed)).containsExactlyInAnyOrder("f-1", "f-2");
      await().atMost(PATIENCE).untilAsserted(() ->
          assertThat(Http.get(service.url("/actuator/health/readiness")).status()).isEqualTo(200));
    }
  }

  /** With the added headers, a full copy would exceed the topic's limit: it has only the partition and the offset. */
  @Test
  void a_refused_record_of_any_size_delays_no_other() throws Exception {
    Servers.freshTopics(PARTITIONS.count());
    int largest = ReportBatch.COPIED_BYTES_MAX;
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); KafkaProducer<String, String> broker =
        broker();
        Service service =
            Service.start(Servers.freshSchema(), PARTITIONS.count(), "neuron-ledger.usage.group=" + GROUP + "-c")) {
      assertThat(service.url("/")).startsWith("http");
      feed.publish(new ScriptedPartitions(PARTITIONS).seal().drain());
      String longOwner = json(report("l-1", 5)).replace("\"owner\":\"0x", "\"owner\":\"0x" + "7".repeat(600_000));
      broker.send(event(0, "k-owner", longOwner)).get();
      broker.send(event(0, "k-long", "x".repeat(1_048_000))).get();
      int around = sizeOf(event(0, "k-copied", ""));
      broker.send(event(0, "k-copied", "y".repeat(largest - around))).get();
      broker.send(event(0, "k-copied", "z".repeat(largest - around + 1))).get();
      broker.send(event(0, "k-good", json(report("l-2", 7)))).get();
      await().atMost(PATIENCE).until(() -> rejects().size() == 4 && recorded(feed).equals(List.of("l-2")));
    }
    List<ConsumerRecord<byte[], byte[]>> rejects = rejects().stream()
        .sorted(Comparator.comparing(each -> headersOf(each).get("refused_offset"))).toList();
    assertThat(rejects).extracting(each -> each.value().length)
        .containsExactly(0, 0, largest - sizeOf(event(0, "k-copied",
        "")), 0);
    assertThat(rejects).extracting(each -> headersOf(each).get("refused_offset")).containsExactly("0", "1", "2", "3");
    assertThat(headersOf(rejects.getFirst()).get("refusal_detail")).startsWith("owner: not 0x and 40")
        .hasSizeLessThan(200);
    assertThat(headersOf(rejects.get(2))).doesNotContainKey("left_out_bytes");
    assertThat(headersOf(rejects.get(3))).containsEntry("left_out_bytes", String.valueOf(largest + 1));
  }

  /** Of key, value and headers. */
  private static int sizeOf(ProducerRecord<String, String> event) {
    int size = utf8(event.key()).length + utf8(event.value()).length;
    for (Header header : event.headers()) {
      size += header.key().length() + header.value().length;
    }
    return size;
  }

  private static List<String> recorded(ChainEventProducer feed) {
    return feed.published().stream().filter(each -> each.event() instanceof UsageEvent.UsageRecorded)
        .flatMap(each -> ((UsageEvent.UsageRecorded) each.event()).lines().stream())
        .map(line -> line.requestId().value()).toList();
  }

  private static KafkaProducer<String, String> broker() {
    return new KafkaProducer<>(Map.of("bootstrap.servers", Servers.kafka()), new StringSerializer(),
        new StringSerializer());
  }

  private static ProducerRecord<String, String> event(int partition, @Nullable String key,
      String value) {
    ProducerRecord<String, String> event = new ProducerRecord<>(Topics.USAGE_REPORTS, partition, key, value);
    event.headers().add("ce_specversion", utf8("1.0")).add("ce_id", utf8(UUID.randomUUID().toString()))
        .add("ce_source", utf8("/provider/1")).add("ce_type", utf8(Topics.USAGE_REPORT_TYPE))
        .add("content-type", utf8("application/json; charset=UTF-8"));
    return event;
  }

  private static ProducerRecord<String, String> with(ProducerRecord<String, String> event, String header,
      String value) {
    without(event, header).headers().add(header, utf8(value));
    return event;
  }

  private static ProducerRecord<String, String> without(ProducerRecord<String, String> event, String header) {
    event.headers().remove(header);
    return event;
  }

  private static void deleteOffsets() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", Servers.kafka()))) {
      Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>(
          admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get());
      assertThat(positions).hasSize(2);
      positions.replaceAll((_, _) -> new OffsetAndMetadata(0));
      await().atMost(PATIENCE).ignoreExceptions().until(() -> {
        admin.alterConsumerGroupOffsets(GROUP, positions).all().get();
        return true;
      });
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> rejects() {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", Servers.kafka(),
        "isolation.level", "read_committed"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(Topics.USAGE_REJECTS, 0),
          new TopicPartition(Topics.USAGE_REJECTS, 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  private static Map<String, String> headersOf(ConsumerRecord<byte[], byte[]> reject) {
    Map<String, String> headers = new HashMap<>();
    reject.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    return headers;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
