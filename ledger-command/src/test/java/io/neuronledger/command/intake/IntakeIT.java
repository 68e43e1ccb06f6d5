package io.neuronledger.command.intake;

import static io.neuronledger.command.fixture.Script.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole service on a defective topic: the partition stops with a reason, and the other partitions go on. */
class IntakeIT {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final WalletAddress IN_PARTITION_0 = Wallets.inPartition(PARTITIONS, 0, 0);
  private static final WalletAddress IN_PARTITION_1 = Wallets.inPartition(PARTITIONS, 1, 0);

  private final String database = Servers.freshSchema();
  private ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
  private ChainEventProducer feed;

  @BeforeEach
  void freshTopics() {
    Servers.freshTopics(PARTITIONS.count());
    feed = new ChainEventProducer(PARTITIONS.count());
  }

  @AfterEach
  void stop() {
    feed.close();
  }

  private Service service() {
    return Service.start(database, PARTITIONS.count());
  }

  @Test
  void a_hole_stops_the_partition_with_a_reason_and_the_other_goes_on() {
    try (Service service = service()) {
      begin(service);
      chain.skipSeq(0);
      feed.publish(chain.fact(deposit(IN_PARTITION_0, "1")).fact(deposit(IN_PARTITION_1, "1")).seal().drain());

      awaitStopped(service, "partition 0", "a hole", "expected seq 2, found seq 3");
      await().atMost(PATIENCE).until(() -> sealsIn(1) == 2);
      assertThat(sealsIn(0)).isEqualTo(1);
      assertThat(deposits()).containsExactly(IN_PARTITION_1);
    }
  }

  @Test
  void a_repeated_record_stops_the_partition_also_after_a_restart() {
    List<ScriptedPartitions.KeyedRecord> twice = chain.fact(deposit(IN_PARTITION_0, "1")).seal().drain();
    feed.publish(twice);
    feed.publish(twice.stream().filter(each -> each.chainRecord().partition() == 0).skip(1).toList());
    feed.publish(chain.fact(deposit(IN_PARTITION_0, "2")).fact(deposit(IN_PARTITION_1, "2")).seal().drain());
    for (int run = 0; run < 2; run++) {
      try (Service service = service()) {
        awaitStopped(service, "partition 0", "a repetition", "expected seq 3, found seq 1");
        await().atMost(PATIENCE).until(() -> sealsIn(1) == 2);
        assertThat(deposits()).containsExactlyInAnyOrder(IN_PARTITION_0, IN_PARTITION_1);
      }
    }
  }

  @Test
  void a_malformed_broadcast_stops_the_partition() {
    try (Service service = service()) {
      begin(service);
      chain.takeSeq(0);
      feed.publishRaw(0, null, "{\"seq\":2}".getBytes(StandardCharsets.UTF_8));
      feed.publish(chain.fact(deposit(IN_PARTITION_0, "1")).fact(deposit(IN_PARTITION_1, "1")).seal().drain());

      awaitStopped(service, "partition 0", "seq 2", "cannot be read and its key is no owner");
      await().atMost(PATIENCE).until(() -> sealsIn(1) == 2);
      assertThat(deposits()).containsExactly(IN_PARTITION_1);
    }
  }

  @Test
  void an_owners_record_in_another_partition_stops_that_partition() {
    try (Service service = service()) {
      begin(service);
      ScriptedPartitions.KeyedRecord wrong = new ScriptedPartitions(new Partitions(1)).seal()
          .fact(deposit(IN_PARTITION_1, "1")).drain().getLast();
      feed.publishRaw(0, IN_PARTITION_1.value(), ChainEventProducer.JSON.writeValueAsBytes(wrong.chainRecord()));

      awaitStopped(service, "partition 0", "its key is no owner of this partition");
      assertThat(deposits()).isEmpty();
    }
  }

  /** The stored offset is only a hint: the seq decides. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4, 1_000_000})
  void a_wrong_stored_offset_is_detected_and_each_record_counts_once(long offset) {
    chain.fact(deposit(IN_PARTITION_0, "1")).fact(deposit(IN_PARTITION_1, "1")).seal();
    feed.publish(chain.fact(deposit(IN_PARTITION_0, "2")).fact(deposit(IN_PARTITION_1, "2")).seal().drain());
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 2 && sealsIn(1) == 2);
      assertReady(service);
    }
    feed.publish(chain.fact(deposit(IN_PARTITION_0, "3")).seal().drain());
    try (CommandFixture store = CommandFixture.on(database, PARTITIONS.count())) {
      store.jdbc().sql("UPDATE partition SET next_offset = :offset").param("offset", offset).update();
    }
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 3 && sealsIn(1) == 3);
      assertReady(service);
    }
    assertThat(deposits())
        .containsExactlyInAnyOrder(IN_PARTITION_0, IN_PARTITION_0, IN_PARTITION_0, IN_PARTITION_1, IN_PARTITION_1);
  }

  /** The same chain, partitions and length; only the contract differs. */
  @Test
  void a_store_with_data_refuses_the_topic_of_a_different_deployment_at_start() {
    feed.publish(chain.fact(deposit(IN_PARTITION_0, "1")).fact(deposit(IN_PARTITION_1, "1")).seal().drain());
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 1 && sealsIn(1) == 1);
      assertReady(service);
    }
    feed.close();
    Servers.freshTopics(PARTITIONS.count());
    feed = new ChainEventProducer(PARTITIONS.count());
    chain = new ScriptedPartitions(PARTITIONS, Wallets.wallet(888_888));
    feed.publish(chain.fact(deposit(IN_PARTITION_0, "7")).fact(deposit(IN_PARTITION_1, "7")).seal()
        .fact(deposit(IN_PARTITION_0, "7")).fact(deposit(IN_PARTITION_1, "7")).seal().drain());
    try (Service service = service()) {
      awaitStopped(service, "partition 0", "a different deployment", ScriptedPartitions.CONTRACT.value());
      awaitStopped(service, "partition 1", "a different deployment", Wallets.wallet(888_888).value());
      int stored = service.bean(JdbcClient.class).sql("SELECT count(*) FROM account_event").query(Integer.class)
          .single();
      assertThat(stored).isEqualTo(6);
    }
  }

  @Test
  void a_topic_that_has_lost_recorded_events_stops_the_partition() {
    feed.publish(chain.fact(deposit(IN_PARTITION_0, "1")).seal().drain());
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 1 && sealsIn(1) == 1);
      assertReady(service);
    }
    feed.close();
    Servers.freshTopics(PARTITIONS.count());
    feed = new ChainEventProducer(PARTITIONS.count());
    try (Service service = service()) {
      awaitStopped(service, "partition 0", "ends at seq 0", "recorded it up to seq 2");
    }
  }

  private void begin(Service service) {
    feed.publish(chain.seal().drain());
    await().atMost(PATIENCE).until(() -> sealsIn(0) == 1 && sealsIn(1) == 1);
    assertReady(service);
  }

  private static void assertReady(Service service) {
    await().atMost(PATIENCE).untilAsserted(() ->
        assertThat(Http.get(service.url("/actuator/health/readiness")).status()).isEqualTo(200));
    assertThat(stopped(service)).isZero();
  }

  /** By readiness and by the metric. */
  private static void awaitStopped(Service service, String... words) {
    await().atMost(PATIENCE).untilAsserted(() -> {
      Http.Answer health = Http.get(service.url("/actuator/health/readiness"));
      assertThat(health.status()).isEqualTo(503);
      assertThat(health.body().at("/components/intake/details").toString()).contains("halted")
          .contains(words);
      assertThat(stopped(service)).isPositive();
    });
  }

  private static double stopped(Service service) {
    return service.bean(MeterRegistry.class).get("ledger.command.partitions.stopped").gauge().value();
  }

  private long sealsIn(int partition) {
    return feed.published().stream().filter(each -> each.partition() == partition)
        .filter(each -> each.event() instanceof PartitionEvent.BlockSealed).count();
  }

  private List<WalletAddress> deposits() {
    return feed.published().stream().map(AccountRecord::event).filter(LedgerEvent.FundsDeposited.class::isInstance)
        .map(each -> ((LedgerEvent.FundsDeposited) each).owner()).toList();
  }
}
