package io.neuronledger.foundation.partitionlog.progress;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class TopicWatchTest {
  /** Another instance has all partitions. */
  @Test
  void it_notices_without_a_partition_that_kafka_does_not_answer() {
    Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:9092"));
    admin.close();
    PartitionProgress progress = new PartitionProgress(Clock.systemUTC());
    try (TopicWatch watch = new TopicWatch(admin, "topic", progress, Clock.systemUTC())) {
      assertThatThrownBy(watch::ends).isInstanceOf(ExecutionException.class);
    }
  }
}
