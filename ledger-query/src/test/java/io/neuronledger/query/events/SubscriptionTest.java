package io.neuronledger.query.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.event.EventTopic;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a subscription asks for its credential again, by a clock that the test moves. */
class SubscriptionTest {
  private static final String OWNER = Wallets.wallet(1).value();
  private static final TopicPartition PARTITION = new TopicPartition(EventTopic.PUBLIC_EVENTS.topic(), 0);
  private static final SubscriptionSettings SETTINGS =
      new SubscriptionSettings(1, 1, Duration.ofMinutes(5), Duration.ofSeconds(2));

  private final Refusal revoked = new Refusal(ProblemCode.CREDENTIAL_INVALID, "it was revoked");
  private final ManualClock clock = new ManualClock();
  private final FedConsumer consumer = new FedConsumer();
  private final EventTail tail = new EventTail(EventTopic.PUBLIC_EVENTS, () -> consumer, new Partitions(1));
  private final EventHistory history = new EventHistory(EventTopic.PUBLIC_EVENTS,
      KafkaClients.of(Map.of("bootstrap.servers", "127.0.0.1:1"), Duration.ofSeconds(1)));
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final AtomicInteger verified = new AtomicInteger();
  private final AtomicReference<Optional<Refusal>> refusal = new AtomicReference<>(Optional.empty());
  private final CompletableFuture<Subscription.Outcome> outcome = new CompletableFuture<>();
  private final Thread thread = Thread.ofPlatform().unstarted(this::run);
  private int seq;

  /** A topic of one partition, whose records the test adds. A reader that waits must not hold the lock of its waker. */
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  private static final class FedConsumer extends MockConsumer<byte[], byte[]> {
    private final Semaphore fed = new Semaphore(0);

    FedConsumer() {
      super("earliest");
      Node nowhere = Node.noNode();
      updatePartitions(PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, nowhere, new Node[0],
          new Node[0])));
      updateBeginningOffsets(Map.of(PARTITION, 0L));
      updateEndOffsets(Map.of(PARTITION, 0L));
    }

    void feed(ConsumerRecord<byte[], byte[]> record) {
      schedulePollTask(() -> addRecord(record));
      fed.release();
    }

    /** Waits for records, as Kafka's does. */
    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      try {
        var _ = fed.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return super.poll(timeout);
    }

    @Override
    public void wakeup() {
      super.wakeup();
      fed.release();
    }
  }

  @BeforeEach
  void start() {
    tail.start();
    await().until(tail::isStarted);
    thread.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
    tail.close();
    history.close();
  }

  private void run() {
    try {
      outcome.complete(new Subscription(new Subscription.Parts(tail, history, Optional.of(OWNER), false, SETTINGS,
          () -> {
            verified.incrementAndGet();
            return refusal.get();
          }, () -> false, clock, _ -> { }), EventPosition.inPartition(0, 0),
          new EventWriter(sent, QueryFixture.JSON)).run("/v1/events"));
    } catch (IOException | InterruptedException e) {
      outcome.completeExceptionally(e);
    }
  }

  private void publish() {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(PARTITION.topic(), 0, seq, OWNER.getBytes(UTF_8),
        ("{\"n\":" + seq + "}").getBytes(UTF_8));
    Map.of("ce_id", "0-" + seq, "ce_source", EventTopic.PUBLIC_EVENTS.source(1), "ce_type", "n.v1")
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    consumer.feed(record);
    seq++;
  }

  private void publishAndReceive() {
    String data = "data: {\"n\":" + seq + "}";
    publish();
    await().until(() -> sent.toString(UTF_8).contains(data));
    awaitIdle();
  }

  private void awaitIdle() {
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void the_credential_is_verified_again_before_the_first_event_after_two_seconds() {
    publishAndReceive();
    clock.pass(Subscription.RECHECK.minusMillis(1));
    publishAndReceive();
    assertThat(verified).hasValue(0);
    clock.pass(Duration.ofMillis(1));
    publishAndReceive();
    assertThat(verified).hasValue(1);

    refusal.set(Optional.of(revoked));
    clock.pass(Subscription.RECHECK);
    publish();
    await().untilAsserted(() -> assertThat(outcome).isCompletedWithValue(Subscription.Outcome.CREDENTIAL));
    assertThat(sent.toString(UTF_8)).doesNotContain("{\"n\":3}")
        .containsPattern("data: \\{\"n\":2}\n\nevent: problem\ndata: .*\"credential-invalid\".*\n\n$");
  }

  /** Without an event, too. */
  @Test
  void a_quiet_subscription_ends_as_well() {
    awaitIdle();
    refusal.set(Optional.of(revoked));
    clock.pass(Subscription.RECHECK);
    await().untilAsserted(() -> assertThat(outcome).isCompletedWithValue(Subscription.Outcome.CREDENTIAL));
  }

  /** A change is published, the credential's time comes, and the subscription waits for its turn: a second is left. */
  @Test
  void a_revoked_key_ends_its_subscriptions_within_five_seconds() {
    assertThat(ApiKeyDirectory.CHANGE_INTERVAL.plus(Subscription.RECHECK).plus(Subscription.PATIENCE))
        .isLessThanOrEqualTo(Duration.ofSeconds(4));
  }
}
