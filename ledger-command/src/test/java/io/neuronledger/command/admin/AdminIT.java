package io.neuronledger.command.admin;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An operator lists, repairs and releases a quarantined owner over HTTP. */
class AdminIT {
  private static final Partitions PARTITIONS = new Partitions(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] POISON = "{\"seq\":3,\"event\":\"?\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void a_quarantined_owner_is_listed_repaired_and_released() {
    Servers.freshTopics(PARTITIONS.count());
    ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); Service service =
        Service.start(Servers.freshSchema(), PARTITIONS.count())) {
      feed.publish(chain.fact(deposit(ALICE, "10")).seal().drain());
      long seq = chain.takeSeq(0);
      feed.publishRaw(0, ALICE.value(), POISON);
      feed.publish(chain.fact(deposit(ALICE, "1")).fact(deposit(BOB, "1")).seal().drain());
      await().atMost(PATIENCE).until(() -> Http.get(service.url("/v1/admin/quarantine")).body().size() == 1);

      Http.Answer listed = Http.get(service.url("/v1/admin/quarantine"));
      assertThat(listed.body().at("/0/owner").asString()).isEqualTo(ALICE.checksummed());
      assertThat(listed.body().at("/0/partition").asInt()).isZero();
      assertThat(listed.body().at("/0/reason").asString()).contains("seq " + seq);
      assertThat(feed.read(Topics.CHAIN_EVENTS_DEAD)).containsExactly(POISON);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(Http.get(service.url("/actuator/health/readiness"))
          .body().at("/components/intake/details/quarantined_owners").asInt()).isEqualTo(1));
      await().atMost(PATIENCE).until(() -> service.bean(MeterRegistry.class)
          .get("ledger.command.quarantined.owners").gauge().value() == 1);

      Http.Answer still = unpark(service, "");
      assertThat(still.status()).isEqualTo(200);
      assertThat(still.body().at("/still_quarantined/0/seq").asLong()).isEqualTo(seq);
      assertThat(still.body().path("released").isEmpty()).isTrue();

      repair(service, seq);
      Http.Answer released = unpark(service, "?owner=" + ALICE);
      assertThat(released.body().at("/released/0/owner").asString()).isEqualTo(ALICE.checksummed());
      assertThat(released.body().at("/released/0/records").asInt()).isEqualTo(2);
      assertThat(Http.get(service.url("/v1/admin/quarantine")).body().isEmpty()).isTrue();
      await().atMost(PATIENCE).until(() -> feed.published().stream()
          .anyMatch(each -> each.event().equals(new PartitionEvent.OwnerReleased(ALICE))));

      feed.publish(chain.fact(deposit(ALICE, "1")).seal().drain());
      await().atMost(PATIENCE).until(() -> feed.published().stream()
          .filter(each -> each.event() instanceof PartitionEvent.BlockSealed).count() == 3);
      mistakes(service);
    }
  }

  /** Replaces the malformed value with a correct one. */
  private static void repair(Service service, long seq) {
    ScriptedPartitions.KeyedRecord correct = new ScriptedPartitions(PARTITIONS).fact(deposit(ALICE,
        "2")).drain().getLast();
    service.bean(JdbcClient.class).sql("UPDATE parked_record SET value = :value WHERE seq = :seq")
        .param("value", ChainEventProducer.JSON.writeValueAsBytes(correct.chainRecord())).param("seq", seq).update();
  }

  private static void mistakes(Service service) {
    assertProblem(unpark(service, "?owner=" + ALICE), 404, "owner-not-quarantined");
    assertProblem(unpark(service, "?owner=0x123"), 400, "malformed-address");
    assertProblem(unpark(service, "?owner=0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"), 400, "wrong-checksum");
    assertProblem(unpark(service, "?everybody=yes"), 400, "unknown-parameter");
    assertProblem(unpark(service, "?owner=0x123&owner=0x123"), 400, "repeated-parameter");
    assertProblem(unpark(service, ";owner=0x123"), 400, "malformed-request");
    assertProblem(Http.get(service.url("/v1/nothing")), 404, "unknown-path");
    assertProblem(Http.get(service.url("/v1/admin/unpark")), 405, "method-not-allowed");
    assertThat(unpark(service, "").body().path("released").isEmpty()).isTrue();
  }

  private static Http.Answer unpark(Service service, String query) {
    return Http.post(service.url("/v1/admin/unpark" + query), "");
  }

  private static void assertProblem(Http.Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body().path("code").asString()).isEqualTo(code);
  }
}
