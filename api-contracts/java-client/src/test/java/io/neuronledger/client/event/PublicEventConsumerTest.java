package io.neuronledger.client.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.LedgerEvent.LedgerRewound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PublicEventConsumerTest {
  private static final String TOPIC = "ledger.public-events.v1";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 3);

  private final MockConsumer<String, String> kafka = new MockConsumer<>("earliest");
  private final List<String> taken = new ArrayList<>();
  private long offset;

  private PublicEventConsumer consumer(OptionalLong next) {
    PublicEventConsumer consumer = new PublicEventConsumer(kafka, new PublicEventConsumer.Subscriber() {
      @Override
      public void happened(PublicEvent event) {
        if (event.seq() == 13) {
          throw new IllegalStateException("the subscriber's database is away");
        }
        taken.add(event.type() + " " + event.seq());
      }

      @Override
      public void retracted(PublicEvent event, LedgerRewound rewound) {
        taken.add("retracted from " + rewound.fromBlock());
      }

      @Override
      public OptionalLong next(int partition) {
        return next;
      }
    });
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
    kafka.rebalance(Set.of(PARTITION));
    return consumer;
  }

  private void publish(String type, long seq) {
    try {
      ObjectNode event = PublicEventTest.example(type).put("partition", 3).put("seq", seq);
      // Between transactions Kafka's offsets have gaps.
      kafka.addRecord(new ConsumerRecord<>(TOPIC, 3, offset, "0x", event.toString()));
      offset += 2;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private long committed() {
    return Objects.requireNonNull(kafka.committed(Set.of(PARTITION)).get(PARTITION)).offset();
  }

  @Test
  void each_event_comes_once_and_in_order_and_is_committed_afterwards() {
    PublicEventConsumer consumer = consumer(OptionalLong.empty());
    publish("funds-deposited.v1", 5);
    publish("funds-withdrawn.v1", 6);
    publish("funds-deposited.v1", 5);
    consumer.read();
    publish("ledger-closed.v1", 7);
    consumer.read();
    assertThat(taken).containsExactly("funds-deposited.v1 5", "funds-withdrawn.v1 6", "ledger-closed.v1 7");
    assertThat(committed()).isEqualTo(7);
  }

  @Test
  void a_fork_is_handed_over_as_one() throws IOException {
    PublicEventConsumer consumer = consumer(OptionalLong.empty());
    publish("funds-deposited.v1", 0);
    publish("ledger-rewound.v1", 1);
    consumer.read();
    long from = PublicEventTest.example("ledger-rewound.v1").at("/event/from_block").asLong();
    assertThat(taken).containsExactly("funds-deposited.v1 0", "retracted from " + from);
  }

  @Test
  void what_is_missing_is_an_error() {
    PublicEventConsumer consumer = consumer(OptionalLong.empty());
    publish("funds-deposited.v1", 5);
    publish("funds-deposited.v1", 7);
    assertThatThrownBy(consumer::read).hasMessage("events are missing before 3-7: the next one is 3-6");
    assertThat(taken).hasSize(1);
  }

  @Test
  void it_goes_on_where_the_subscriber_has_stored_that_it_is() {
    PublicEventConsumer consumer = consumer(OptionalLong.of(6));
    publish("funds-deposited.v1", 5);
    publish("funds-deposited.v1", 6);
    consumer.read();
    assertThat(taken).containsExactly("funds-deposited.v1 6");
  }

  @Test
  void what_the_subscriber_has_not_taken_is_not_committed() {
    PublicEventConsumer consumer = consumer(OptionalLong.empty());
    publish("funds-deposited.v1", 12);
    consumer.read();
    publish("funds-deposited.v1", 13);
    assertThatThrownBy(consumer::read).hasMessageContaining("database is away");
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void closed_it_ends() {
    PublicEventConsumer consumer = consumer(OptionalLong.empty());
    consumer.close();
    consumer.run();
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void it_reads_committed_events_only_and_commits_by_itself() {
    assertThat(PublicEventConsumer.settings(Map.of("bootstrap.servers", "b:1", "isolation.level", "read_uncommitted"),
        "subscriber-x")).isEqualTo(Map.of("bootstrap.servers", "b:1", "group.id", "subscriber-x",
        "auto.offset.reset", "earliest", "enable.auto.commit", "false", "isolation.level", "read_committed"));
  }
}
