package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Sql;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.TestKafka;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From Kafka to HTTP, with two partitions: the service on valid and on invalid records. */
class LedgerQueryIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final WalletAddress OWNER = Wallets.inPartition(0, 0, PARTITIONS);
  private static final WalletAddress NEIGHBOUR = Wallets.inPartition(0, 1, PARTITIONS);
  private static final WalletAddress ELSEWHERE = Wallets.inPartition(1, 0, PARTITIONS);
  private static final SubAccountId SUB_ACCOUNT =
      new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  private final PostgresServer postgres = PostgresServer.startTemporary();
  private final Topic topic = new Topic(2);
  private final Service service = new Service(postgres, "story", 2);
  private final AccountEventScript partition = AccountEventScript.started(0, 2);
  private final AccountEventScript other = AccountEventScript.started(1, 2);
  private final List<Integer> published = new ArrayList<>(List.of(0, 0));

  @AfterEach
  void stop() {
    service.close();
    topic.close();
    postgres.close();
  }

  @Test
  void published_records_are_answered() {
    partition.deposit(OWNER, Neuron.ofZeroG("10")).seal()
        .transfer(SUB_ACCOUNT, Neuron.ofZeroG("4")).request(SUB_ACCOUNT, Neuron.ofZeroG("4")).seal();
    publish();
    assertThat(json(OWNER, "?min_block=2&wait=30").path("available").asString()).isEqualTo("6000000000000000000");
    assertThat(json(OWNER, "/sub-accounts").path("sub_accounts").get(0).path("pending_refund").asString())
        .isEqualTo("4000000000000000000");
    assertThat(get("/actuator/prometheus").body()).contains("ledger_query_sealed_block{partition=\"0\"} 2.0",
        "ledger_query_lag_records{partition=\"0\"}", "ledger_query_rows_total", "ledger_query_retractions_total");
    await().atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(get("/actuator/health/readiness").status()).isEqualTo(200));
  }

  @Test
  void pages_stay_stable_while_entries_arrive_and_a_fork_marks_retracted_entries() {
    for (int i = 1; i <= 5; i++) {
      partition.deposit(OWNER, Neuron.parse(String.valueOf(i))).seal();
    }
    publish();
    assertThat(json(OWNER, "?min_block=5&wait=30").path("available").asString()).isEqualTo("15");
    JsonNode first = json(OWNER, "/entries?limit=2");
    assertThat(first.path("entries").findValuesAsString("amount").getFirst()).isEqualTo("5");

    partition.deposit(OWNER, Neuron.parse("6")).seal().retract(5).deposit(OWNER, Neuron.parse("7")).seal();
    publish();
    await().atMost(TIMEOUT).until(() -> json(OWNER, "").path("available").asString().equals("17"));
    JsonNode second = json(OWNER, "/entries?limit=2&cursor=" + first.path("next_cursor").asString());
    JsonNode third = json(OWNER, "/entries?limit=2&cursor=" + second.path("next_cursor").asString());
    assertThat(amounts(first)).containsExactly("5", "4");
    assertThat(amounts(second)).containsExactly("3", "2");
    assertThat(amounts(third)).containsExactly("1");
    assertThat(third.has("next_cursor")).isFalse();

    JsonNode all = json(OWNER, "/entries").path("entries");
    assertThat(all.findValuesAsString("type")).contains("ledger-rewound.v1");
    assertThat(all.valueStream().filter(entry -> entry.path("retracted").asBoolean()).map(entry ->
        entry.path("amount").asString())).containsExactly("6", "5");
    assertThat(json(OWNER, "?at_block=5").path("available").asString()).isEqualTo("17");
    assertThat(json(OWNER, "?at_block=4").path("available").asString()).isEqualTo("10");
  }

  @Test
  void a_hole_halts_only_its_partition_and_fails_readiness() {
    partition.deposit(OWNER, Neuron.parse("1")).seal();
    other.deposit(ELSEWHERE, Neuron.parse("1")).seal();
    publish();
    assertThat(json(OWNER, "?min_block=1&wait=30").path("available").asString()).isEqualTo("1");
    partition.deposit(OWNER, Neuron.parse("2")).seal();
    other.deposit(ELSEWHERE, Neuron.parse("2")).seal();
    topic.publish(partition.records().subList(published.get(0) + 1, partition.records().size()));
    published.set(0, partition.records().size());
    publish();

    assertThat(json(ELSEWHERE, "?min_block=2&wait=30").path("available").asString()).isEqualTo("3");
    await().atMost(TIMEOUT).untilAsserted(() -> {
      RawHttp.Answer readiness = get("/actuator/health/readiness");
      assertThat(readiness.status()).isEqualTo(503);
      assertThat(readiness.body()).contains("partition 0").contains("a hole: expected seq 3, found seq 4");
    });
    assertThat(json(OWNER, "").path("available").asString()).isEqualTo("1");
    assertThat(QueryFixture.JSON.readTree(get("/v1/status").body()).path("partitions").get(0).path("stopped")
        .asString())
        .contains("a hole");
    assertThat(get("/actuator/prometheus").body()).contains("ledger_query_stopped_partitions 1.0");
    assertThat(get("/actuator/health/liveness").status()).isEqualTo(200);
  }

  @Test
  void a_record_that_cannot_be_read_quarantines_only_its_owner() throws SQLException {
    partition.deposit(OWNER, Neuron.parse("1")).deposit(NEIGHBOUR, Neuron.parse("1")).seal();
    publish();
    assertThat(json(OWNER, "?min_block=1&wait=30").path("quarantined").asBoolean()).isFalse();

    partition.deposit(OWNER, Neuron.parse("2"));
    AccountRecord poisoned = partition.records().getLast();
    topic.publishRaw(0, Optional.of(OWNER), "{\"seq\":" + poisoned.seq() + ",\"odd\":true}");
    published.set(0, partition.records().size());
    partition.deposit(OWNER, Neuron.parse("3")).deposit(NEIGHBOUR, Neuron.parse("2")).seal();
    publish();

    assertThat(json(NEIGHBOUR, "?min_block=2&wait=30").path("available").asString()).isEqualTo("3");
    assertThat(json(OWNER, "").path("quarantined").asBoolean()).isTrue();
    assertThat(json(OWNER, "").path("available").asString()).isEqualTo("1");
    assertThat(json(OWNER, "").path("as_of").path("block").asLong()).isEqualTo(1);
    assertThat(get("/v1/ledgers/" + OWNER + "?min_block=2&wait=0").body()).contains("owner-quarantined");
    JsonNode quarantine = QueryFixture.JSON.readTree(get("/v1/admin/quarantine").body()).path("owners").get(0);
    assertThat(quarantine.path("owner").asString()).isEqualTo(OWNER.checksummed());
    assertThat(quarantine.path("parked").asInt()).isEqualTo(2);
    assertThat(get("/actuator/health/readiness").body()).contains("DEGRADED").contains("\"quarantined_owners\":1");
    assertThat(deadLetter(poisoned.seq()).value()).asString(StandardCharsets.UTF_8).contains("odd");

    JsonNode still = unpark();
    assertThat(still.path("still_quarantined").get(0).path("seq").asLong()).isEqualTo(poisoned.seq());
    assertThat(json(OWNER, "").path("available").asString()).isEqualTo("1");
    // As if a new version of this service could read it.
    repair(poisoned);
    assertThat(unpark().path("released").get(0).path("records").asInt()).isEqualTo(2);
    assertThat(json(OWNER, "").path("available").asString()).isEqualTo("6");
    assertThat(json(OWNER, "").path("quarantined").asBoolean()).isFalse();
    assertThat(json(OWNER, "/entries").path("entries")).hasSize(3);
    assertThat(get("/v1/admin/quarantine").body()).isEqualTo("{\"owners\":[]}");
    partition.deposit(OWNER, Neuron.parse("4")).seal();
    publish();
    assertThat(json(OWNER, "?min_block=3&wait=30").path("available").asString()).isEqualTo("10");
  }

  /** Processed records are kept: the next start continues after them. */
  @Test
  void a_restart_continues_after_the_last_record() {
    partition.deposit(OWNER, Neuron.parse("1")).seal();
    publish();
    assertThat(json(OWNER, "?min_block=1&wait=30").path("available").asString()).isEqualTo("1");
    service.close();
    partition.deposit(OWNER, Neuron.parse("2")).seal();
    publish();
    try (Service again = new Service(postgres, "story", 2)) {
      assertThat(RawHttp.send(again.port(), "GET", "/v1/ledgers/" + OWNER + "?min_block=2&wait=30").body())
          .contains("\"available\":\"3\"");
      assertThat(RawHttp.send(again.port(), "GET", "/v1/ledgers/" + OWNER + "/entries").body().split("\"id\":\"0-"))
          .hasSize(3);
    }
  }

  private void repair(AccountRecord poisoned) throws SQLException {
    try (Connection connection = Sql.connect(postgres, "story");
        PreparedStatement statement = connection.prepareStatement(
            "UPDATE read_model.parked_record SET value = ? WHERE partition = 0 AND seq = ?")) {
      statement.setBytes(1, QueryFixture.JSON.writeValueAsBytes(poisoned));
      statement.setLong(2, poisoned.seq());
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private static ConsumerRecord<byte[], byte[]> deadLetter(long seq) {
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", TestKafka.bootstrapServers(), "auto.offset.reset", "earliest"),
        new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.ACCOUNT_EVENTS_DEAD, 0);
      consumer.assign(List.of(partition));
      List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
      await().atMost(TIMEOUT).until(() -> {
        consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
        return !letters.isEmpty();
      });
      assertThat(letters).hasSize(1);
      ConsumerRecord<byte[], byte[]> letter = letters.getFirst();
      assertThat(new String(letter.headers().lastHeader("seq").value(), StandardCharsets.UTF_8))
          .isEqualTo(String.valueOf(seq));
      assertThat(letter.headers().lastHeader("reason")).isNotNull();
      return letter;
    }
  }

  private JsonNode unpark() {
    RawHttp.Answer answer =
        RawHttp.send(service.port(), "POST", "/v1/admin/unpark?owner=" + OWNER, "Content-Length: 0");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return QueryFixture.JSON.readTree(answer.body());
  }

  /** Publishes the new records. The other partition seals the same blocks. */
  private void publish() {
    while (other.block() < partition.block()) {
      other.seal();
    }
    List<AccountEventScript> scripts = List.of(partition, other);
    for (int i = 0; i < scripts.size(); i++) {
      List<AccountRecord> records = scripts.get(i).records();
      topic.publish(records.subList(published.get(i), records.size()));
      published.set(i, records.size());
    }
  }

  private static List<String> amounts(JsonNode page) {
    return page.path("entries").valueStream().map(entry -> entry.path("amount").asString()).toList();
  }

  private JsonNode json(WalletAddress owner, String path) {
    RawHttp.Answer answer = get("/v1/ledgers/" + owner + path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return QueryFixture.JSON.readTree(answer.body());
  }

  private RawHttp.Answer get(String path) {
    return RawHttp.send(service.port(), "GET", path);
  }
}
