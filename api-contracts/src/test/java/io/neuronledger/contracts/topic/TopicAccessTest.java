package io.neuronledger.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.TopicAccess.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicAccessTest {
  private static final Set<KafkaPrincipal> SERVICES =
      Set.of(KafkaPrincipal.CHAIN_INDEXER, KafkaPrincipal.LEDGER_COMMAND, KafkaPrincipal.LEDGER_QUERY);
  /** What every service reports. */
  private static final Set<String> WRITTEN_BY_SERVICES = Set.of(Topics.ACCESS_LOG, Topics.API_KEY_USES);

  /** A topic without a writer here would be read-only in a cluster with access control. */
  @Test
  void every_topic_has_exactly_one_writer_or_all_services() {
    assertThat(TopicAccess.ALL.stream().map(TopicAccess::topic).collect(Collectors.toSet()))
        .isEqualTo(TopicShape.ALL.stream().map(TopicShape::name).collect(Collectors.toSet()));
    for (TopicShape shape : TopicShape.ALL) {
      Set<KafkaPrincipal> writers = allowed(shape.name(), Operation.WRITE);
      if (WRITTEN_BY_SERVICES.contains(shape.name())) {
        assertThat(writers).as("writers of " + shape.name()).isEqualTo(SERVICES);
      } else {
        assertThat(writers).as("writers of " + shape.name()).hasSize(1);
      }
    }
  }

  @Test
  void only_one_writer_changes_the_settings_of_a_topic() {
    for (TopicShape shape : TopicShape.ALL) {
      assertThat(allowed(shape.name(), Operation.ALTER_CONFIGS)).as(shape.name()).hasSizeLessThanOrEqualTo(1);
      assertThat(allowed(shape.name(), Operation.WRITE)).as(shape.name())
          .containsAll(allowed(shape.name(), Operation.ALTER_CONFIGS))
          .containsAll(allowed(shape.name(), Operation.DESCRIBE_CONFIGS));
    }
  }

  @Test
  void nobody_deletes_records_or_adds_partitions() {
    for (TopicShape shape : TopicShape.ALL) {
      assertThat(allowed(shape.name(), Operation.DELETE)).as(shape.name()).isEmpty();
      assertThat(allowed(shape.name(), Operation.ALTER)).as(shape.name()).isEmpty();
    }
  }

  @Test
  void a_subscriber_reads_two_topics_and_a_reporter_writes_one() {
    assertThat(of(KafkaPrincipal.SUBSCRIBER)).containsExactly(
        new TopicAccess(KafkaPrincipal.SUBSCRIBER, Topics.PUBLIC_EVENTS, Set.of(Operation.READ)),
        new TopicAccess(KafkaPrincipal.SUBSCRIBER, Topics.ALERTS, Set.of(Operation.READ)));
    assertThat(of(KafkaPrincipal.USAGE_REPORTER)).containsExactly(
        new TopicAccess(KafkaPrincipal.USAGE_REPORTER, Topics.USAGE_REPORTS, Set.of(Operation.WRITE)));
  }

  @Test
  void reading_and_writing_include_describing_and_nothing_else() {
    assertThat(operations(KafkaPrincipal.SUBSCRIBER, Topics.PUBLIC_EVENTS))
        .containsExactlyInAnyOrder(Operation.READ, Operation.DESCRIBE);
    assertThat(operations(KafkaPrincipal.USAGE_REPORTER, Topics.USAGE_REPORTS))
        .containsExactlyInAnyOrder(Operation.WRITE, Operation.DESCRIBE);
    assertThat(operations(KafkaPrincipal.SUBSCRIBER, Topics.CHAIN_EVENTS)).isEmpty();
  }

  private static List<TopicAccess> of(KafkaPrincipal principal) {
    return TopicAccess.ALL.stream().filter(each -> each.principal() == principal).toList();
  }

  private static Set<KafkaPrincipal> allowed(String topic, Operation operation) {
    return Arrays.stream(KafkaPrincipal.values())
        .filter(principal -> TopicAccess.allows(principal, topic, operation)).collect(Collectors.toSet());
  }

  private static Set<Operation> operations(KafkaPrincipal principal, String topic) {
    return Arrays.stream(Operation.values())
        .filter(operation -> TopicAccess.allows(principal, topic, operation)).collect(Collectors.toSet());
  }
}
