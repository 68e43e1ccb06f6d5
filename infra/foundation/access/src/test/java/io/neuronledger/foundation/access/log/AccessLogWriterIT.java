package io.neuronledger.foundation.access.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.contracts.access.AccessLogPage;
import io.neuronledger.contracts.access.AccessRecord;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.KafkaBroker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The access log with a broker of its own, which comes and goes. */
@ExtendWith(OutputCaptureExtension.class)
class AccessLogWriterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AccessLogPartition SERVICE = AccessLogPartition.LEDGER_COMMAND;

  private static KafkaClients clients(String servers) {
    return KafkaClients.of(Map.of("bootstrap.servers", servers), KafkaClients.SESSION_TIMEOUT_MIN);
  }

  private static TopicDeclaration topics(KafkaClients kafka) {
    return new TopicDeclaration(kafka, List.of(), List.of(TopicShape.of(Topics.ACCESS_LOG)), new Partitions(1),
        TopicDeclaration.REPLICAS_DEFAULT);
  }

  private static AccessLogWriter instance(KafkaClients kafka) {
    AccessLogWriter writer = new AccessLogWriter(SERVICE, kafka, topics(kafka)::ready, Clock.systemUTC());
    writer.start();
    return writer;
  }

  private static AccessEntry.Answered entry(int status) {
    return new AccessEntry.Answered(UUID.randomUUID(), "alice", List.of("all"), status);
  }

  private static boolean isStored(AccessLog log, AccessEntry entry) {
    try {
      log.store(entry);
      return true;
    } catch (Refusal e) {
      assertThat(e.code()).isEqualTo(ProblemCode.ACCESS_LOG_UNAVAILABLE);
      return false;
    }
  }

  /** All records of the service, verified. */
  private static List<AccessRecord> verified(KafkaClients kafka) {
    AccessLogCheck check = new AccessLogCheck(SERVICE, 0);
    List<AccessRecord> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : published(kafka)) {
      Hash hash = Hash.of(each.headers().lastHeader(AccessRecord.HASH).value());
      records.add(check.add(each.offset(), Optional.of(hash), each.value()).orElseThrow());
    }
    assertThat(check.faults()).isEmpty();
    return records;
  }

  private static List<ConsumerRecord<byte[], byte[]>> published(KafkaClients kafka) {
    TopicPartition partition = new TopicPartition(Topics.ACCESS_LOG, SERVICE.number());
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = kafka.reader()) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, 0);
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (found.size() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  @Test
  void what_is_stored_is_there_in_chains_of_each_instance_also_after_restarts(@TempDir Path data) throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(data, FreePort.find())) {
      KafkaClients kafka = clients(broker.bootstrapServers());
      try (AccessLogWriter first = instance(kafka); AccessLogWriter second = instance(kafka)) {
        await().atMost(PATIENCE).until(() -> isStored(first, entry(200)));
        await().atMost(PATIENCE).until(() -> isStored(second, entry(200)));
        List<Thread> callers = Stream.of(first, second).flatMap(each -> IntStream.range(0, 10).mapToObj(_ ->
            Thread.ofVirtual().start(() -> IntStream.range(0, 20).forEach(_ -> each.store(entry(201)))))).toList();
        for (Thread caller : callers) {
          caller.join();
        }
        first.add(entry(202));
      }
      List<AccessRecord> before = verified(kafka);
      assertThat(before.stream().filter(each -> isAnswered(each, 201))).hasSize(400);
      assertThat(before.stream().filter(each -> isAnswered(each, 202))).hasSize(1);
      assertThat(before.stream().map(AccessRecord::chain).distinct()).hasSize(2);
      try (AccessLogWriter third = instance(kafka)) {
        await().atMost(PATIENCE).until(() -> isStored(third, entry(203)));
      }
      List<AccessRecord> after = verified(kafka);
      assertThat(after.get(before.size()).entry())
          .isEqualTo(new AccessEntry.Started("ledger-command", Optional.of(before.size() - 1L)));
      assertThat(after).hasSize(before.size() + 2);
      try (Admin admin = kafka.admin()) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.ACCESS_LOG);
        assertThat(admin.describeConfigs(List.of(topic)).all().get().get(topic).get("retention.ms").value())
            .isEqualTo(String.valueOf(Duration.ofDays(400).toMillis()));
        assertThat(admin.describeTopics(List.of(Topics.ACCESS_LOG)).allTopicNames().get().get(Topics.ACCESS_LOG)
            .partitions()).hasSize(3);
      }
    }
  }

  private static boolean isAnswered(AccessRecord record, int status) {
    return record.entry() instanceof AccessEntry.Answered answered && answered.status() == status;
  }

  /** Before it was there, while it is away, and once it is back, by itself. */
  @Test
  void without_kafka_nothing_is_stored_and_that_is_said(@TempDir Path data, CapturedOutput output) {
    int port = FreePort.find();
    KafkaClients kafka = clients("127.0.0.1:" + port);
    try (AccessLogWriter log = instance(kafka)) {
      assertThat(isStored(log, entry(500))).isFalse();
      assertThat(log.awaySince()).isPresent();
      try (KafkaBroker _ = KafkaBroker.start(data, port)) {
        await().atMost(PATIENCE).until(() -> isStored(log, entry(200)));
        assertThat(log.awaySince()).isEmpty();
      }
      AccessEntry.Answered lost = entry(502);
      log.add(lost);
      await().atMost(PATIENCE).until(() -> output.getOut().contains("not in the access log: " + lost));
      await().atMost(PATIENCE).until(() -> log.awaySince().isPresent());
      assertThat(isStored(log, entry(501))).isFalse();
      try (KafkaBroker _ = KafkaBroker.start(data, port)) {
        await().atMost(PATIENCE).until(() -> isStored(log, entry(201)));
        List<AccessRecord> records = verified(kafka);
        assertThat(records.stream().filter(each -> isAnswered(each, 201))).hasSize(1);
        assertThat(records.stream().filter(each -> isAnswered(each, 500))).isEmpty();
        assertThat(records.stream().map(AccessRecord::chain).distinct()).hasSize(2);
      }
    }
  }

  @Test
  void more_than_may_wait_are_refused_at_once() {
    AccessLogWriter log = new AccessLogWriter(SERVICE, clients("127.0.0.1:1"), () -> false, Clock.systemUTC());
    List<Thread> callers = IntStream.range(0, AccessLogWriter.WAITING_MAX).mapToObj(_ ->
        Thread.ofVirtual().start(() -> assertThat(isStored(log, entry(200))).isFalse())).toList();
    await().atMost(PATIENCE).until(() -> callers.stream().allMatch(each -> each.getState().name().contains("WAITING")
        || !each.isAlive()));
    assertThatThrownBy(() -> log.store(entry(200))).isInstanceOf(Refusal.class);
    assertThat(callers).as("at once, while the others wait").anyMatch(Thread::isAlive);
    log.close();
  }

  /** Also those that nobody waits for are bounded, and none of them is lost in silence. */
  @Test
  void an_entry_that_is_not_stored_is_in_the_log_of_the_service(CapturedOutput output) {
    AccessLogWriter log = new AccessLogWriter(SERVICE, clients("127.0.0.1:1"), () -> false, Clock.systemUTC());
    IntStream.range(0, AccessLogWriter.WAITING_MAX - 1).forEach(_ -> log.add(entry(200)));
    AccessEntry.Answered last = entry(201);
    log.add(last);
    assertThat(output.getOut()).doesNotContain("not in the access log");
    AccessEntry.Answered tooMany = entry(202);
    log.add(tooMany);
    assertThat(output.getOut()).containsOnlyOnce("not in the access log").contains("not in the access log: " + tooMany);
    log.close();
    assertThat(output.getOut()).contains("not in the access log: " + last);
    AccessEntry.Answered late = entry(203);
    log.add(late);
    assertThat(output.getOut()).contains("not in the access log: " + late);
  }

  /** A slow phase has left entries for which nobody waits. */
  @Test
  void what_a_request_waits_for_comes_first(@TempDir Path data) throws InterruptedException {
    try (KafkaBroker broker = KafkaBroker.start(data, FreePort.find())) {
      KafkaClients kafka = clients(broker.bootstrapServers());
      await().atMost(PATIENCE).until(topics(kafka)::ready);
      try (AccessLogWriter log = new AccessLogWriter(SERVICE, kafka, () -> true, Clock.systemUTC())) {
        IntStream.range(0, 5).forEach(_ -> log.add(entry(202)));
        Thread caller = Thread.ofPlatform().start(() -> log.store(entry(200)));
        await().atMost(PATIENCE).until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        log.start();
        caller.join();
      }
      assertThat(verified(kafka)).extracting(each -> isAnswered(each, 202))
          .containsExactly(false, false, true, true, true, true, true);
    }
  }

  /** Also where it is the service's own fault: nobody would be answered until it is started again. */
  @Test
  void after_any_failure_it_goes_on(@TempDir Path data) {
    try (KafkaBroker broker = KafkaBroker.start(data, FreePort.find())) {
      KafkaClients kafka = clients(broker.bootstrapServers());
      TopicDeclaration topics = topics(kafka);
      AtomicBoolean hasFailed = new AtomicBoolean();
      try (AccessLogWriter log = new AccessLogWriter(SERVICE, kafka, () -> {
        if (hasFailed.compareAndSet(false, true)) {
          throw new IllegalStateException("a fault of the test");
        }
        return topics.ready();
      }, Clock.systemUTC())) {
        log.start();
        await().atMost(PATIENCE).until(() -> isStored(log, entry(200)));
        assertThat(hasFailed).isTrue();
      }
    }
  }

  @Test
  void what_others_write_is_found(@TempDir Path data) {
    try (KafkaBroker broker = KafkaBroker.start(data, FreePort.find())) {
      KafkaClients kafka = clients(broker.bootstrapServers());
      try (AccessLogWriter log = instance(kafka); Producer<byte[], byte[]> forger = kafka.writer()) {
        await().atMost(PATIENCE).until(() -> isStored(log, entry(200)));
        ConsumerRecord<byte[], byte[]> last = published(kafka).getLast();
        var _ = forger.send(new ProducerRecord<>(Topics.ACCESS_LOG, SERVICE.number(), null, null, last.value(),
            last.headers()));
        forger.flush();
        await().atMost(PATIENCE).until(() -> isStored(log, entry(200)));
        AccessLogCheck check = new AccessLogCheck(SERVICE, 0);
        published(kafka).forEach(each -> check.add(each.offset(),
            Optional.of(Hash.of(each.headers().lastHeader(AccessRecord.HASH).value())), each.value()));
        assertThat(check.faults()).extracting(AccessLogPage.Fault::position).contains(last.offset() + 1);
      }
    }
  }
}
