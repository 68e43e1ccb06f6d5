package io.neuronledger.foundation.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.OnePartitionReader;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The uses of keys as they come to the topic. */
class ApiKeyUsesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TICK = Duration.ofMillis(1);
  private static final String KEY = "0123456789abcdef";
  private static final String WITNESS = "0123456789abcde0";

  private final ManualClock clock = new ManualClock();

  /** At the last moment of the minute it is not reported again, at the first after it is. */
  @Test
  void a_key_is_reported_once_a_minute(@TempDir Path data) {
    try (KafkaBroker broker = KafkaBroker.start(data, FreePort.find())) {
      KafkaClients kafka =
          KafkaClients.of(Map.of("bootstrap.servers", broker.bootstrapServers()), KafkaClients.SESSION_TIMEOUT_MIN);
      TopicDeclaration topics = new TopicDeclaration(kafka, List.of(TopicShape.of(Topics.API_KEY_USES)), List.of(),
          new Partitions(1), TopicDeclaration.REPLICAS_DEFAULT);
      List<ApiKeyUse> found = new CopyOnWriteArrayList<>();
      try (ApiKeyUses uses = new ApiKeyUses("ledger-query", kafka::writer, topics::ready, clock);
          OnePartitionReader reader = new OnePartitionReader("uses", Topics.API_KEY_USES, kafka::reader,
              Duration.ofMillis(100), (begin, _) -> begin,
              record -> found.add(TopicJson.MAPPER.readValue(record.value(), ApiKeyUse.class)))) {
        uses.start();
        reader.start();
        ApiKeyUse first = new ApiKeyUse(KEY, "ledger-query", clock.instant());
        IntStream.range(0, 1_000).forEach(_ -> uses.used(KEY));
        clock.pass(ApiKeyUses.INTERVAL.minus(TICK));
        uses.used(KEY);
        clock.pass(TICK);
        uses.used(KEY);
        uses.used(WITNESS);
        await().atMost(PATIENCE).until(() -> found.size() >= 3);
        assertThat(found).containsExactly(first, new ApiKeyUse(KEY, "ledger-query", clock.instant()),
            new ApiKeyUse(WITNESS, "ledger-query", clock.instant()));
        assertThat(first.key()).isEqualTo(KEY + " ledger-query");
      }
    }
  }

  /** Nobody takes the reports, and more come than may wait. */
  @Test
  void without_kafka_reports_are_lost_and_nobody_waits() {
    KafkaClients kafka =
        KafkaClients.of(Map.of("bootstrap.servers", "127.0.0.1:1"), KafkaClients.SESSION_TIMEOUT_MIN);
    try (ApiKeyUses uses = new ApiKeyUses("ledger-query", kafka::writer, () -> false, clock)) {
      uses.start();
      for (int i = 0; i < 2 * ApiKeyUses.WAITING_MAX; i++) {
        uses.used("%016x".formatted(i));
      }
      assertThat(clock.instant()).isNotNull();
    }
  }
}
