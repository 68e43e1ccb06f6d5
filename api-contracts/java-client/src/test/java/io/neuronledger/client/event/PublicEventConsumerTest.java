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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PublicEventConsumerTest {
  private static final String TOPIC = "ledger.public-events.v1";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 3);

  private final MockConsumer<String, String> kafka = new WakingConsumer();
  private final List<String> taken = new ArrayList<>();
  private Runnable during = () -> { };
  private long offset;

  /** Whose commit is interrupted by a wakeup, as that of Kafka's consumer is, and unlike that of the mock. */
  private static final class WakingConsumer extends MockConsumer<String, String> {
    private boolean isWoken;

    WakingConsumer() {
      super("earliest");
    }

    @Override
    public synchronized void wakeup() {
      super.wakeup();
      isWoken = true;
    }

    @Override
    public synchronized void commitSync() {
      interrupt();
      super.commitSync();
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
      interrupt();
      super.commitSync(offsets);
    }

    private void interrupt() {
      if (isWoken) {
        isWoken = false;
        throw new WakeupException();
      }
    }
  }

  private PublicEventConsumer consumer(OptionalLong next) {
    PublicEventConsumer consumer = new PublicEventConsumer(kafka, new PublicEventConsumer.Subscriber() {
      @Override
      public void happened(PublicEvent event) {
        if (event.seq() == 13) {
          throw new IllegalStateException("the subscriber's database is away");
        }
        taken.add(event.type() + " " + event.seq());
        during.run();
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
  void what_it_has_taken_of_a_batch_before_it_failed_is_committed() {
    PublicEventConsumer consumer = consumer(OptionalLong.empty());
    publish("funds-deposited.v1", 11);
    publish("funds-deposited.v1", 12);
    publish("funds-deposited.v1", 13);
    publish("funds-deposited.v1", 14);
    assertThatThrownBy(consumer::read).hasMessageContaining("database is away");
    assertThat(taken).containsExactly("funds-deposited.v1 11", "funds-deposited.v1 12");
    assertThat(committed()).as("the offset after the second one").isEqualTo(3);
  }

  @Test
  void closed_during_a_batch_it_commits_the_batch() {
    PublicEventConsumer consumer = consumer(OptionalLong.empty());
    publish("funds-deposited.v1", 5);
    publish("funds-deposited.v1", 6);
    during = consumer::close;
    consumer.read();
    assertThat(committed()).isEqualTo(3);
    consumer.run();
    assertThat(taken).hasSize(2);
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void closed_during_a_batch_that_fails_it_commits_what_it_has_taken() {
    PublicEventConsumer consumer = consumer(OptionalLong.empty());
    publish("funds-deposited.v1", 12);
    publish("funds-deposited.v1", 13);
    during = consumer::close;
    assertThatThrownBy(consumer::read).hasMessageContaining("database is away");
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void where_the_groups_position_is_beyond_what_is_stored_it_reads_again_from_the_beginning() {
    PublicEventConsumer consumer = consumer(OptionalLong.of(1));
    offset = 6;
    kafka.seek(PARTITION, 6);
    publish("funds-deposited.v1", 3);
    publish("funds-deposited.v1", 4);
    consumer.read();
    assertThat(taken).isEmpty();
    offset = 0;
    for (int seq = 0; seq < 5; seq++) {
      publish("funds-deposited.v1", seq);
    }
    consumer.read();
    assertThat(taken).containsExactly("funds-deposited.v1 1", "funds-deposited.v1 2", "funds-deposited.v1 3",
        "funds-deposited.v1 4");
    assertThat(committed()).isEqualTo(9);
  }

  @Test
  void what_is_missing_also_from_the_beginning_on_is_an_error() {
    PublicEventConsumer consumer = consumer(OptionalLong.of(1));
    publish("funds-deposited.v1", 3);
    consumer.read();
    offset = 0;
    publish("funds-deposited.v1", 0);
    publish("funds-deposited.v1", 3);
    assertThatThrownBy(consumer::read).hasMessage("events are missing before 3-3: the next one is 3-1");
    assertThat(taken).isEmpty();
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
