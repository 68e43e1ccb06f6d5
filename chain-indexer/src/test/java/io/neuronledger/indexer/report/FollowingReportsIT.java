package io.neuronledger.indexer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reports topic while an indexer follows, after its shutdown, and after it has halted. */
class FollowingReportsIT {
  private final ScriptedScene scene = new ScriptedScene();
  private final List<FollowingReport> reports = new ArrayList<>();
  private final Set<String> instances = new HashSet<>();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void head_and_guard_are_reported_with_each_block_and_the_end_last() {
    scene.mine(3);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published();
        KafkaConsumer<String, byte[]> consumer = consumer()) {
      scene.awaitHead(published);
      awaitReport(consumer, report -> report.published().filter(block -> block == 3).isPresent()
          && !report.guard().isEmpty() && report.guard().getLast().to() == 3);
      assertThat(reports.getLast().state()).isEqualTo(FollowingState.FOLLOWING);
      assertThat(reports.getLast().head()).hasValue(3L);
      assertThat(reports.getLast().guard()).allSatisfy(
          range -> assertThat(range.guard()).isIn(BlockGuard.PROVED, BlockGuard.NONE));
      scene.mine(1);
      awaitReport(consumer, report -> report.head().filter(block -> block == 4).isPresent());
    }
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      awaitReport(consumer, report -> report.state() == FollowingState.STOPPED);
      assertThat(reports.getLast().why()).hasValue("chain-indexer was shut down");
      assertThat(reports.getLast().head()).hasValue(4L);
    }
    assertThat(instances).hasSize(1);
  }

  @Test
  void a_halt_is_reported_with_its_reason() {
    scene.mine(3);
    scene.node.finalise(2);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published();
        KafkaConsumer<String, byte[]> consumer = consumer()) {
      scene.awaitHead(published);
      scene.chain.lose(3);
      scene.mine(4);
      awaitReport(consumer, report -> report.state() == FollowingState.HALTED);
      assertThat(reports.getLast().why().orElseThrow()).contains("which had been final");
    }
  }

  private void awaitReport(KafkaConsumer<String, byte[]> consumer, Predicate<FollowingReport> wanted) {
    await().atMost(ScriptedScene.PATIENCE).until(() -> {
      consumer.poll(Duration.ofMillis(50)).forEach(record -> {
        instances.add(record.key());
        reports.add(TopicJson.MAPPER.readValue(record.value(), FollowingReport.class));
      });
      return !reports.isEmpty() && wanted.test(reports.getLast());
    });
  }

  private KafkaConsumer<String, byte[]> consumer() {
    KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", scene.options.bootstrapServers, "auto.offset.reset", "earliest"),
        new StringDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(new TopicPartition(scene.options.destination.reports(), 0)));
    return consumer;
  }
}
