package io.neuronledger.query.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records of a writer other than ledger-command: the partition halts, readiness fails, other partitions continue. */
class ForgedRecordsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final WalletAddress OWNER = Wallets.inPartition(0, 0, PARTITIONS);
  private static final WalletAddress ELSEWHERE = Wallets.inPartition(1, 0, PARTITIONS);
  private static final Neuron MILLION = Neuron.ofZeroG("1000000");

  private final PostgresServer postgres = PostgresServer.startTemporary();
  private Topic topic = new Topic(2);
  private Service service = new Service(postgres, "forged", 2);
  private final AccountEventScript partition = AccountEventScript.started(0, 2);
  private final AccountEventScript other = AccountEventScript.started(1, 2);

  @AfterEach
  void stop() {
    service.close();
    topic.close();
    postgres.close();
  }

  @Test
  void a_forged_record_with_a_used_seq_halts_only_its_partition_also_after_a_restart() {
    topic.publish(partition.deposit(OWNER, Neuron.parse("1")).seal().records());
    topic.publish(other.deposit(ELSEWHERE, Neuron.parse("1")).seal().records());
    awaitAvailable(OWNER, 1, "1");

    topic.publish(AccountEventScript.started(0, 2).deposit(OWNER, MILLION).records().subList(1, 2));
    topic.publish(last(partition.deposit(OWNER, Neuron.parse("2")).seal(), 2));
    topic.publish(last(other.deposit(ELSEWHERE, Neuron.parse("2")).seal(), 2));

    for (int run = 0; run < 2; run++) {
      awaitAvailable(ELSEWHERE, 2, "3");
      // Three records and their transaction marker precede it.
      awaitHalted("ledger.account-events.v1, partition 0, offset 4: a repetition: expected seq 3, found seq 1");
      assertThat(get("/v1/ledgers/" + OWNER).body()).contains("\"available\":\"1\"");
      service.close();
      service = new Service(postgres, "forged", 2);
    }
  }

  /** A forged record with the next seq cannot be recognised; the real record with that seq must not be lost. */
  @Test
  void a_real_record_after_a_forged_one_with_its_seq_halts_the_partition_and_a_rebuild_from_the_store_repairs_it() {
    topic.publish(partition.deposit(OWNER, Neuron.parse("1")).seal().records());
    topic.publish(other.seal().records());
    awaitAvailable(OWNER, 1, "1");

    topic.publish(last(
        AccountEventScript.started(0, 2).deposit(OWNER, Neuron.parse("1")).seal().deposit(OWNER, MILLION), 1));
    topic.publish(last(partition.deposit(OWNER, Neuron.parse("2")).seal(), 2));
    awaitHalted("ledger.account-events.v1, partition 0, offset 6: a repetition: expected seq 4, found seq 3");
    assertThat(get("/v1/ledgers/" + OWNER).body()).contains("\"available\":\"1\"");

    service.close();
    topic.close();
    topic = new Topic(2);
    topic.publish(partition.seal().records());
    topic.publish(other.seal().seal().records());
    service = new Service(postgres, "forged", 2);
    assertThat(RawHttp.send(service.port(), "POST", "/v1/admin/rebuild", "Content-Length: 0").status()).isEqualTo(202);
    await().atMost(TIMEOUT).until(() -> get("/v1/admin/rebuild").body().contains("\"state\":\"done\""));
    service.close();
    service = new Service(postgres, "forged", 2);
    awaitAvailable(OWNER, 3, "3");
    await().atMost(TIMEOUT).untilAsserted(() -> assertThat(get("/actuator/health/readiness").status()).isEqualTo(200));
    assertThat(get("/v1/status").body()).doesNotContain("stopped");
  }

  /** The same records in one Kafka transaction each: offsets have gaps, seqs do not. */
  @Test
  void gaps_between_offsets_and_a_restart_at_each_of_them_are_accepted() {
    for (int block = 1; block <= 3; block++) {
      partition.deposit(OWNER, Neuron.parse("1")).seal();
      other.seal();
      int from = block == 1 ? 0 : 1;
      last(partition, 3 - from).forEach(each -> topic.publish(List.of(each)));
      topic.publish(last(other, 2 - from));
      awaitAvailable(OWNER, block, String.valueOf(block));
      service.close();
      service = new Service(postgres, "forged", 2);
    }
    await().atMost(TIMEOUT).untilAsserted(() -> assertThat(get("/actuator/health/readiness").status()).isEqualTo(200));
  }

  private void awaitHalted(String message) {
    await().atMost(TIMEOUT).untilAsserted(() -> {
      RawHttp.Answer readiness = get("/actuator/health/readiness");
      assertThat(readiness.status()).isEqualTo(503);
      assertThat(readiness.body()).contains(message).contains("infra/decisions/0019").doesNotContain("partition 1");
    });
    assertThat(QueryFixture.JSON.readTree(get("/v1/status").body()).path("partitions").get(0).path("stopped")
        .asString())
        .startsWith(message);
    assertThat(get("/actuator/prometheus").body()).contains("ledger_query_stopped_partitions 1.0");
    assertThat(get("/actuator/health/liveness").status()).isEqualTo(200);
  }

  private void awaitAvailable(WalletAddress owner, long block, String available) {
    RawHttp.Answer answer = get("/v1/ledgers/" + owner + "?min_block=" + block + "&wait=30");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"available\":\"" + available + "\"");
  }

  private static List<AccountRecord> last(AccountEventScript script, int count) {
    return script.records().subList(script.records().size() - count, script.records().size());
  }

  private RawHttp.Answer get(String path) {
    return RawHttp.send(service.port(), "GET", path);
  }
}
