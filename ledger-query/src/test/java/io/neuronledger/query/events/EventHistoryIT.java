package io.neuronledger.query.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.event.EventTopic;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.PublicTopic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events that are no longer in memory, and where memory begins; transactions of every size, some taken back. */
class EventHistoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final WalletAddress OTHER = Wallets.wallet(2);
  private static final int EVENTS = 300;
  private static final int KEPT_BYTES = 2_000;
  private static KafkaClients kafka;
  private static PublicTopic topic;
  private static EventTail tail;
  private static EventHistory history;

  @BeforeAll
  static void start() {
    kafka = KafkaClients.of(Map.of("bootstrap.servers", TestKafka.bootstrapServers()), Duration.ofSeconds(10));
    topic = new PublicTopic(2);
    for (int i = 0; i < EVENTS; i++) {
      topic.publish(0, i % 3 == 0 ? OWNER : OTHER, "n.v1", "{\"n\":" + i + "}", recordedAt(i));
      if (i % 7 == 0) {
        topic.abort(0, OWNER);
      }
    }
    for (int i = 0; i < 150; i++) {
      topic.abort(0, OWNER);
    }
    tail = new EventTail(EventTopic.PUBLIC_EVENTS, kafka::reader, new Partitions(2), KEPT_BYTES);
    tail.start();
    history = new EventHistory(EventTopic.PUBLIC_EVENTS, kafka);
    await().atMost(PATIENCE).until(tail::isStarted);
  }

  /** Two events each second. */
  private static Instant recordedAt(int seq) {
    return PartitionStream.RECORDED_AT.plusSeconds(seq / 2);
  }

  @AfterAll
  static void stop() {
    history.close();
    tail.close();
    topic.close();
  }

  @Test
  void the_end_is_known_also_after_many_transactions_that_were_taken_back() {
    assertThat(tail.next(0)).isEqualTo(topic.published().stream().filter(each -> each.partition() == 0).count());
  }

  @Test
  void memory_has_the_newest_events_alone() {
    long end = tail.next(0);
    assertThat(tail.from(0, end - 1, Optional.empty()).orElseThrow().events()).hasSize(1);
    assertThat(tail.from(0, end, Optional.empty()).orElseThrow().next()).isEqualTo(end);
    assertThat(tail.from(0, 0, Optional.empty())).isEmpty();
    long first = 0;
    while (tail.from(0, first, Optional.empty()).isEmpty()) {
      first++;
    }
    int kept = 0;
    for (PublicEvent event : tail.from(0, first, Optional.empty()).orElseThrow().events()) {
      kept += event.value().length();
    }
    assertThat(kept).isBetween(KEPT_BYTES / 2, KEPT_BYTES);
  }

  @Test
  void every_event_is_found_by_its_number() throws InterruptedException {
    for (int seq = 0; seq < EVENTS; seq += 23) {
      Chunk chunk = history.read(0, seq, OptionalLong.empty(), Optional.empty(), PATIENCE).orElseThrow();
      assertThat(chunk.events().getFirst().seq()).isEqualTo(seq);
      assertThat(chunk.events().getFirst().type()).isEqualTo("n.v1");
      assertThat(history.contains(0, seq, PATIENCE)).contains(true);
    }
    assertThat(history.contains(0, EVENTS + 1_000, PATIENCE)).contains(false);
    assertThat(history.contains(1, EVENTS + 1_000, PATIENCE)).contains(false);
  }

  @Test
  void the_first_event_from_a_time_on_is_found() throws InterruptedException {
    for (int seq = 0; seq < EVENTS; seq += 46) {
      assertThat(history.firstFrom(0, recordedAt(seq), PATIENCE)).contains(OptionalLong.of(seq));
      assertThat(history.firstFrom(0, recordedAt(seq).minusNanos(1), PATIENCE)).contains(OptionalLong.of(seq));
      assertThat(history.firstFrom(0, recordedAt(seq).plusNanos(1), PATIENCE)).contains(OptionalLong.of(seq + 2L));
    }
    assertThat(history.firstFrom(0, Instant.EPOCH, PATIENCE)).contains(OptionalLong.of(0));
    assertThat(history.firstFrom(0, recordedAt(EVENTS), PATIENCE)).contains(OptionalLong.empty());
    assertThat(history.firstFrom(1, Instant.EPOCH, PATIENCE)).as("without an event").contains(OptionalLong.empty());
  }

  @Test
  void chunks_follow_each_other_also_with_a_wrong_offset_between() throws InterruptedException {
    for (Optional<String> owner : List.of(Optional.<String>empty(), Optional.of(OWNER.value()))) {
      for (long wrong : List.of(0L, 40L, 1_000_000L)) {
        List<String> read = new ArrayList<>();
        long next = 0;
        OptionalLong offset = OptionalLong.empty();
        while (next < EVENTS) {
          Optional<Chunk> chunk = history.read(0, next, offset, owner, PATIENCE);
          if (chunk.isPresent()) {
            chunk.get().events().forEach(event -> read.add(event.value()));
            next = chunk.get().next();
            offset = OptionalLong.of(chunk.get().offset() + wrong);
          }
        }
        assertThat(read).containsExactlyElementsOf(topic.published().stream()
            .filter(each -> owner.isEmpty() || owner.get().equals(each.owner().value()))
            .map(PublicTopic.Event::value).toList());
      }
    }
  }
}
