package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The reports of chain-indexer are visible in the status and in every answer. */
class FollowingIT {
  private final PostgresServer postgres = PostgresServer.startTemporary();
  private final Topic topic = new Topic(1);
  private final Service service = new Service(postgres, "following", 1);
  private final KafkaProducer<String, byte[]> reports = new KafkaProducer<>(
      Map.of("bootstrap.servers", TestKafka.bootstrapServers()), new StringSerializer(), new ByteArraySerializer());

  @AfterEach
  void stop() {
    reports.close();
    service.close();
    topic.close();
    postgres.close();
  }

  @Test
  void reports_are_visible_in_the_status_and_in_answers() {
    AccountEventScript partition = AccountEventScript.started(0, 1);
    partition.deposit(Wallets.wallet(1), Neuron.parse("5")).seal();
    topic.publish(partition.records());
    String path = "/v1/ledgers/" + Wallets.wallet(1);
    await().until(() -> service.get(path).statusCode() == 200);
    JsonNode block = json(path).at("/as_of/block");
    assertThat(json("/v1/status").at("/following/state").asString()).isEqualTo("unknown");
    assertThat(json(path).at("/as_of/behind").asBoolean()).isTrue();

    var _ = reports.send(new ProducerRecord<>(Topics.FOLLOWING, "a", "no report".getBytes(StandardCharsets.UTF_8)));
    report(FollowingState.FOLLOWING, Optional.empty(), block.asLong());
    await().until(() -> json("/v1/status").at("/following/state").asString().equals("following"));
    assertThat(json("/v1/status").at("/following/behind").asBoolean()).isFalse();
    assertThat(json("/v1/status").at("/guard/0/guard").asString()).isEqualTo("compared");
    assertThat(json(path).at("/as_of/behind").asBoolean()).isFalse();
    assertThat(json(path).at("/as_of/guard").asString()).isEqualTo("compared");

    report(FollowingState.HALTED, Optional.of("unknown code"), block.asLong());
    await().until(() -> json("/v1/status").at("/following/state").asString().equals("halted"));
    assertThat(json("/v1/status").at("/following/why").asString()).isEqualTo("unknown code");
    assertThat(json(path).at("/as_of/behind").asBoolean()).isTrue();
    assertThat(json(path + "?at_block=" + block.asLong()).at("/as_of/behind").asBoolean()).isFalse();
  }

  private JsonNode json(String path) {
    return Service.json(service.get(path));
  }

  private void report(FollowingState state, Optional<String> why, long head) {
    Instant now = Instant.now();
    FollowingReport report = new FollowingReport(state, why, now, now, Optional.of(head), Optional.of(Instant.EPOCH),
        0, Optional.of(head), List.of(new GuardRange(0, head, BlockGuard.COMPARED, Optional.of(head))));
    var _ = reports.send(new ProducerRecord<>(Topics.FOLLOWING, "a", QueryFixture.JSON.writeValueAsBytes(report)));
    reports.flush();
  }
}
