package io.neuronledger.query.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the topic may hold besides reports; the reader goes on to the next record. */
class FollowingReaderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final TopicPartition PARTITION = new TopicPartition(Topics.FOLLOWING, 0);

  private final FollowingReports reports =
      new FollowingReports(new BehindLimits(20, Duration.ofSeconds(60)), () -> NOW);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private long offset;

  @Test
  void a_record_that_is_no_report_is_passed_over() {
    consumer.updatePartitions(Topics.FOLLOWING, List.of(
        new PartitionInfo(Topics.FOLLOWING, 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    FollowingReport right = new FollowingReport(FollowingState.FOLLOWING, Optional.empty(), NOW, NOW,
        Optional.of(7L), Optional.of(NOW), 2, Optional.of(7L), List.of());
    consumer.schedulePollTask(() -> {
      for (String value : new String[] {"null", "", "{", "{}", "[]", "7", "\"\"", null,
          "{\"state\":null}", report(8, ""), report(9, ",\"confirmations\":-1"), "{\"state\":\"unknown\"}"}) {
        add("a", value);
      }
      consumer.addRecord(new ConsumerRecord<>(Topics.FOLLOWING, 0, offset++, null, new byte[0]));
      add("a", TopicJson.MAPPER.writeValueAsString(right));
    });
    try (FollowingReader reader = new FollowingReader(() -> consumer, reports).start()) {
      assertThat(reader).isNotNull();
      await().until(() -> reports.view(Optional.empty()).head().equals(Optional.of(7L)));
      assertThat(reports.view(Optional.empty()).confirmations()).hasValue(2L);
    }
  }

  private static String report(long head, String confirmations) {
    return "{\"state\":\"following\",\"since\":\"" + NOW + "\",\"reported_at\":\"" + NOW.plusSeconds(1)
        + "\",\"head\":" + head + confirmations + ",\"guard\":[]}";
  }

  private void add(String key, @Nullable String value) {
    consumer.addRecord(new ConsumerRecord<>(Topics.FOLLOWING, 0, offset++, key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
  }
}
