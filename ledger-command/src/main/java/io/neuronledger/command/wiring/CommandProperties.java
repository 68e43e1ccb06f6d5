package io.neuronledger.command.wiring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of ledger-command, with their defaults in {@code ledger-command.yaml}.
 *
 * @param lanes the deployment's number of partitions; fixed once there is data
 * @param stallAfter how long a lane may be behind without moving before readiness fails
 */
@ConfigurationProperties("neuron-ledger")
public record CommandProperties(Kafka kafka, Database database, int lanes, Intake intake, Usage usage,
    Publish publish, Duration stallAfter) {

  /** @param replicationFactor of the topics, where this service creates them */
  public record Kafka(String bootstrapServers, short replicationFactor) {}

  public record Database(String url, String user, String password, int connections) {}

  /**
   * @param group the consumer group by which instances share the lanes
   * @param unitMax chain events in one unit of work
   * @param aggregatesCached owners kept in memory
   * @param stoppedRetryAfter how long a lane that needs a person waits until it looks again
   */
  public record Intake(String group, int workers, int unitMax, int pollRecordsMax, long aggregatesCached,
      Duration retryAfter, Duration stoppedRetryAfter) {}

  /**
   * @param group the consumer group by which instances share the topic of usage reports
   * @param pollRecordsMax reports taken off Kafka in one unit of work
   * @param metersCached meters kept in memory
   */
  public record Usage(String group, int pollRecordsMax, long metersCached, Duration retryAfter) {}

  /**
   * @param batchMax events of one lane in one Kafka transaction
   * @param poll how often other processes' appends are looked for
   * @param leaseTime after how long without a sign another instance publishes this one's lanes
   */
  public record Publish(int batchMax, Duration poll, Duration leaseTime, Duration retryAfter) {}
}
