package io.neuronledger.foundation.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.access.settings.ApiKeySettings;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.testkit.servers.TestKafka;
import io.neuronledger.testkit.servers.issuer.ApiKeyPublication;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.AuthenticationException;

/** The keys as a service reads them from Kafka, written by somebody who knows only the description of the topic. */
class ApiKeyReaderIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaClients kafka =
      KafkaClients.of(Map.of("bootstrap.servers", TestKafka.bootstrapServers()), KafkaClients.SESSION_TIMEOUT_MIN);
  private final ApiKeyDirectory directory = new ApiKeyDirectory(
      new KeyHasher(new ApiKeySettings(TokenIssuer.API_KEYS_SETTING.split("=", 2)[1], "")), Clock.systemUTC());
  private final ApiKeyReader reader = new ApiKeyReader(kafka::reader, directory);
  private final ApiKeyPublication publication = new ApiKeyPublication(TestKafka.bootstrapServers());
  private final Producer<String, String> producer = new KafkaProducer<>(
      Map.of("bootstrap.servers", TestKafka.bootstrapServers()), new StringSerializer(), new StringSerializer());

  @AfterEach
  void stop() {
    producer.close();
    publication.close();
    reader.close();
  }

  private boolean isAccepted(String key) {
    try {
      return directory.authenticate(key).isAuthenticated();
    } catch (AuthenticationException e) {
      return false;
    }
  }

  private void send(String key, @Nullable String value) {
    try {
      producer.send(new ProducerRecord<>(Topics.API_KEYS, key, value)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String idOf(String key) {
    return ApiKey.parse(key).orElseThrow().id();
  }

  @Test
  void the_topic_is_read_from_its_beginning_and_on() {
    String before = publication.valid(List.of("admin"), Optional.empty());
    String revoked = publication.revoked(List.of("admin"), Optional.empty());
    publication.sign();
    reader.start();
    await().atMost(PATIENCE).until(() -> isAccepted(before));
    assertThat(isAccepted(revoked)).isFalse();
    String after = publication.valid(List.of("ledger:read"), Optional.empty());
    await().atMost(PATIENCE).until(() -> isAccepted(after));
    assertThat(directory.authenticate(after).getName()).isEqualTo("nlk_" + idOf(after));
  }

  /** Each of them may be a revocation by a later version. */
  @Test
  void a_key_whose_record_cannot_be_read_is_refused() {
    reader.start();
    publication.sign();
    String witness = publication.valid(List.of("admin"), Optional.empty());
    for (String record : Arrays.asList(null, "", "null", "{", "[]",
        "{\"type\":\"suspended\",\"id\":\"%s\",\"revision\":1}",
        "{\"type\":\"revoked\",\"id\":\"%s\",\"revision\":1,\"more\":true}", "{\"type\":\"revoked\",\"id\":\"%s\"}",
        "{\"type\":\"revoked\",\"id\":\"0000000000000000\",\"revision\":1}")) {
      String key = publication.valid(List.of("admin"), Optional.empty());
      await().atMost(PATIENCE).until(() -> isAccepted(key));
      send(idOf(key), record == null ? null : record.replace("%s", idOf(key)));
      await().atMost(PATIENCE).until(() -> !isAccepted(key));
      assertThatThrownBy(() -> directory.callerOf(ApiKey.shown(idOf(key)))).as("it may also be good: %s", record)
          .isInstanceOf(ApiKeysUnknown.class);
    }
    send("sign-of-life", "{}");
    send("", "{}");
    String last = publication.valid(List.of("admin"), Optional.empty());
    await().atMost(PATIENCE).until(() -> isAccepted(last));
    assertThat(isAccepted(witness)).isTrue();
  }
}
