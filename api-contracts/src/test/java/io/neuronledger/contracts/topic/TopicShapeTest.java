package io.neuronledger.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicShapeTest {
  private static final Partitions PARTITIONS = new Partitions(4);

  /** A name in {@link Topics} without a shape would not be created, or only by a broker's defaults. */
  @Test
  void every_topic_has_one() throws IllegalAccessException {
    List<String> names = new ArrayList<>();
    for (Field field : Topics.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers()) && field.get(null) instanceof String text
          && text.startsWith("ledger.")) {
        names.add(text);
      }
    }
    assertThat(names).hasSizeGreaterThan(6);
    assertThat(TopicShape.ALL).extracting(TopicShape::name).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void a_topic_with_another_number_of_partitions_belongs_to_another_deployment() {
    TopicShape events = TopicShape.of(Topics.CHAIN_EVENTS);
    assertThat(events.count(PARTITIONS)).isEqualTo(4);
    assertThat(events.allows(4, PARTITIONS)).isTrue();
    assertThat(events.allows(3, PARTITIONS)).isFalse();
    assertThat(events.allows(5, PARTITIONS)).isFalse();
    assertThat(TopicShape.of(Topics.INDEXER_STATE).allows(4, PARTITIONS)).isFalse();
    assertThat(TopicShape.of(Topics.INDEXER_STATE).count(PARTITIONS)).isEqualTo(1);
    assertThat(TopicShape.of(Topics.USAGE_REPORTS).allows(1, PARTITIONS)).isTrue();
    assertThat(TopicShape.of(Topics.USAGE_REPORTS).allows(99, PARTITIONS)).isTrue();
  }

  @Test
  void events_are_kept_for_ever_and_reports_for_30_days() {
    assertThat(TopicShape.of(Topics.ACCOUNT_EVENTS).settings()).containsEntry("retention.ms", "-1")
        .containsEntry("retention.bytes", "-1").containsEntry("cleanup.policy", "delete");
    assertThat(TopicShape.of(Topics.PUBLISHED_POSITIONS).settings()).containsEntry("cleanup.policy", "compact");
    assertThat(TopicShape.of(Topics.USAGE_REPORTS).settings()).containsEntry("retention.ms", "2592000000");
  }

  @Test
  void the_access_log_has_a_partition_for_each_service_and_a_retention() {
    TopicShape log = TopicShape.of(Topics.ACCESS_LOG);
    assertThat(log.count(PARTITIONS)).isEqualTo(3);
    assertThat(log.allows(3, PARTITIONS)).isTrue();
    assertThat(log.allows(4, PARTITIONS)).isFalse();
    assertThat(log.settings()).containsEntry("retention.ms", "34560000000").containsEntry("cleanup.policy", "delete");
    assertThat(TopicShape.accessLog(Duration.ofDays(30)).settings()).containsEntry("retention.ms", "2592000000");
    assertThat(AccessLogPartition.values()).extracting(AccessLogPartition::number).containsExactly(0, 1, 2);
    assertThat(AccessLogPartition.of("ledger-command")).isEqualTo(AccessLogPartition.LEDGER_COMMAND);
    assertThatThrownBy(() -> AccessLogPartition.of("subscriber")).isInstanceOf(IllegalArgumentException.class);
  }

  /** Subscribers bring clients of their own, and some, such as kafkajs, read no LZ4, by which the services write. */
  @Test
  void the_public_topic_is_compressed_as_every_client_reads_it() {
    assertThat(TopicShape.of(Topics.PUBLIC_EVENTS).settings()).containsEntry("compression.type", "gzip")
        .containsEntry("retention.ms", "-1");
  }

  @Test
  void another_name_is_no_topic() {
    assertThatThrownBy(() -> TopicShape.of("ledger.nothing.v1")).isInstanceOf(IllegalArgumentException.class);
  }
}
