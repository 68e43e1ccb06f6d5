package io.neuronledger.query.accesslog;

import io.neuronledger.contracts.access.AccessLogPage;
import io.neuronledger.contracts.access.AccessRecord;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.access.log.AccessLogCheck;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads pages of the access log from Kafka, at most {@value #AT_ONCE} at the same time, each with a consumer. A page
 * takes at most 5 seconds, with the wait for its turn and with every step of Kafka.
 */
public final class AccessLogReader {
  /** The most records that one page reads, also where few of them are asked for. */
  static final int READ_MAX = 5_000;
  private static final int AT_ONCE = 2;
  static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(AT_ONCE);

  public AccessLogReader(KafkaClients kafka, InstantSource clock) {
    this(consumers(kafka), clock);
  }

  /** @param consumers without a group, with at most {@link #READ_MAX} records per poll */
  AccessLogReader(Supplier<Consumer<byte[], byte[]>> consumers, InstantSource clock) {
    this.consumers = consumers;
    this.clock = clock;
  }

  private static Supplier<Consumer<byte[], byte[]>> consumers(KafkaClients kafka) {
    KafkaClients clients = new KafkaClients(kafka.properties(), DEADLINE, kafka.sessionTimeout(), kafka.compression());
    return () -> clients.reader(READ_MAX);
  }

  /** @throws Refusal if the log cannot be read now, or ends before the position that is asked for */
  AccessLogPage page(AccessFilter filter) {
    Instant end = clock.instant().plus(DEADLINE);
    boolean entered = false;
    try {
      entered = places.tryAcquire(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (!entered) {
        throw unavailable("it is being read by others");
      }
      Consumer<byte[], byte[]> consumer = consumers.get();
      try {
        return read(filter, consumer, end);
      } finally {
        consumer.close(CloseOptions.timeout(until(end)));
      }
    } catch (KafkaException e) {
      throw unavailable("Kafka does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the service is ending");
    } finally {
      if (entered) {
        places.release();
      }
    }
  }

  private static Refusal unavailable(String why) {
    return new Refusal(ProblemCode.ACCESS_LOG_UNAVAILABLE, why + ": ask again");
  }

  /** None once it is over. */
  private Duration until(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private AccessLogPage read(AccessFilter filter, Consumer<byte[], byte[]> consumer, Instant deadline) {
    TopicPartition partition = new TopicPartition(Topics.ACCESS_LOG, filter.service().number());
    List<TopicPartition> assigned = List.of(partition);
    consumer.assign(assigned);
    long beginning = consumer.beginningOffsets(assigned, until(deadline)).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(assigned, until(deadline)).getOrDefault(partition, 0L);
    if (filter.from().filter(from -> from > end).isPresent()) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "from", "the log ends before position " + end);
    }
    long from = Math.max(beginning, filter.from().orElse(beginning));
    long start = Math.max(from, since(filter, consumer, partition, end, until(deadline)));
    AccessLogCheck check = new AccessLogCheck(filter.service(), start);
    List<AccessLogPage.Line> lines = new ArrayList<>();
    long next = start;
    consumer.seek(partition, start);
    while (next < end && !until(deadline).isZero()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() >= end || lines.size() == filter.limit() || record.offset() - start >= READ_MAX) {
          return page(filter, beginning, next, end, lines, check);
        }
        line(record, check, filter).ifPresent(lines::add);
        next = record.offset() + 1;
      }
    }
    if (next == start && start < end) {
      throw unavailable("its records do not come");
    }
    return page(filter, beginning, next, end, lines, check);
  }

  /** The position of the first record of that time; none: there is no record since. */
  private static long since(AccessFilter filter, Consumer<byte[], byte[]> consumer, TopicPartition partition,
      long end, Duration timeout) {
    if (filter.since().isEmpty()) {
      return 0;
    }
    OffsetAndTimestamp found =
        consumer.offsetsForTimes(Map.of(partition, filter.since().get().toEpochMilli()), timeout).get(partition);
    return found == null ? end : found.offset();
  }

  private static Optional<AccessLogPage.Line> line(ConsumerRecord<byte[], byte[]> record, AccessLogCheck check,
      AccessFilter filter) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    Optional<Hash> hash = AccessLogCheck.hash(record).map(Hash::of);
    Optional<AccessRecord> read = check.add(record.offset(), hash, value);
    return read.isEmpty() || filter.accepts(read.get())
        ? Optional.of(new AccessLogPage.Line(record.offset(), hash, new String(value, StandardCharsets.UTF_8), read))
        : Optional.empty();
  }

  private static AccessLogPage page(AccessFilter filter, long beginning, long next, long end,
      List<AccessLogPage.Line> lines, AccessLogCheck check) {
    return new AccessLogPage(filter.service().service(), beginning, next, end, lines, check.chains(), check.faults());
  }
}
