package io.neuronledger.command.intake;

import static io.neuronledger.command.fixture.Script.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A writer other than chain-indexer: the partition halts, readiness fails, all other partitions go on. */
class ForgedChainEventsIT {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final WalletAddress IN_PARTITION_0 = Wallets.inPartition(PARTITIONS, 0, 0);
  private static final WalletAddress IN_PARTITION_1 = Wallets.inPartition(PARTITIONS, 1, 0);

  private final String database = Servers.freshSchema();
  private final ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
  private final ChainEventProducer feed;

  ForgedChainEventsIT() {
    Servers.freshTopics(PARTITIONS.count());
    feed = new ChainEventProducer(PARTITIONS.count());
  }

  @AfterEach
  void stop() {
    feed.close();
  }

  @Test
  void a_forged_record_with_a_used_seq_halts_its_partition_until_an_operator_skips_it() {
    feed.publish(chain.fact(deposit(IN_PARTITION_0, "1")).fact(deposit(IN_PARTITION_1, "1")).seal().drain());
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 1 && sealsIn(1) == 1);
      publishToPartition0(new ScriptedPartitions(PARTITIONS).fact(deposit(IN_PARTITION_0, "1000000")).drain()
          .subList(2, 3));
      feed.publish(chain.fact(deposit(IN_PARTITION_0, "2")).fact(deposit(IN_PARTITION_1, "2")).seal().drain());
      assertHalted(service);
    }
    try (Service service = service()) {
      assertHalted(service);
      assertThat(service.bean(JdbcClient.class)
          .sql("UPDATE partition SET next_offset = 5 WHERE partition = 0 AND next_seq = 3")
          .update()).isEqualTo(1);
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 2);
      assertReady(service);
      assertThat(deposits()).containsExactlyInAnyOrder("1", "2", "1", "2");
    }
    try (Service service = service()) {
      feed.publish(chain.fact(deposit(IN_PARTITION_0, "3")).seal().drain());
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 3);
      assertReady(service);
    }
  }

  /** A forged record with the next seq cannot be detected; the real record with that seq halts the partition. */
  @Test
  void a_real_record_whose_seq_a_forged_one_has_used_halts_the_partition() {
    feed.publish(chain.seal().drain());
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 1);
      publishToPartition0(new ScriptedPartitions(PARTITIONS).seal().fact(deposit(IN_PARTITION_0, "1000000")).drain()
          .subList(4, 5));
      feed.publish(chain.fact(deposit(IN_PARTITION_0, "2")).fact(deposit(IN_PARTITION_1, "2")).seal().drain());
      awaitHalted(service, "ledger.chain-events.v1, partition 0, offset 5: a repetition: expected seq 3, found seq 2");
      assertThat(sealsIn(0)).isEqualTo(1);
    }
  }

  /** Otherwise the owner would be quarantined in a partition that has none of its events. */
  @Test
  void an_unreadable_record_under_the_key_of_another_partitions_owner_halts_the_partition() {
    feed.publish(chain.seal().drain());
    try (Service service = service()) {
      await().atMost(PATIENCE).until(() -> sealsIn(0) == 1);
      feed.publishRaw(0, IN_PARTITION_1.value(), new byte[] {'{'});
      awaitHalted(service, "its key is no owner of this partition");
      assertThat(service.bean(JdbcClient.class).sql("SELECT count(*) FROM quarantined_owner")
          .query(Integer.class).single()).isZero();
    }
  }

  private void assertHalted(Service service) {
    // Three records and the marker that ends their transaction precede it.
    awaitHalted(service, "ledger.chain-events.v1, partition 0, offset 4: a repetition: expected seq 3, found seq 1");
    await().atMost(PATIENCE).until(() -> sealsIn(1) == 2);
    assertThat(sealsIn(0)).isEqualTo(1);
    assertThat(deposits()).containsExactlyInAnyOrder("1", "1", "2");
  }

  private Service service() {
    return Service.start(database, PARTITIONS.count());
  }

  private void publishToPartition0(List<ScriptedPartitions.KeyedRecord> records) {
    assertThat(records).allMatch(each -> each.chainRecord().partition() == 0);
    feed.publish(records);
  }

  private static void assertReady(Service service) {
    await().atMost(PATIENCE).untilAsserted(() ->
        assertThat(Http.get(service.url("/actuator/health/readiness")).status()).isEqualTo(200));
  }

  private static void awaitHalted(Service service, String words) {
    await().atMost(PATIENCE).untilAsserted(() -> {
      Http.Answer health = Http.get(service.url("/actuator/health/readiness"));
      assertThat(health.status()).isEqualTo(503);
      assertThat(health.body().at("/components/intake/details").toString()).contains("halted", words)
          .doesNotContain("partition 1 ");
    });
    assertThat(Http.get(service.url("/actuator/health/liveness")).status()).isEqualTo(200);
  }

  private long sealsIn(int partition) {
    return feed.published().stream().filter(each -> each.partition() == partition)
        .filter(each -> each.event() instanceof PartitionEvent.BlockSealed).count();
  }

  /** All deposits ever published, in 0G. */
  private List<String> deposits() {
    return feed.published().stream().map(AccountRecord::event).filter(LedgerEvent.FundsDeposited.class::isInstance)
        .map(each -> ((LedgerEvent.FundsDeposited) each).amount().toString().replace("0".repeat(18), "")).toList();
  }
}
