package io.neuronledger.command.wiring;

import io.neuronledger.command.usage.service.UnknownService;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.KafkaSecurity;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of ledger-command, with their defaults in {@code ledger-command.yaml}.
 *
 * @param partitions the deployment's number of partitions; fixed once there is data
 * @param stallAfter how long a partition may lag without progress before readiness fails
 */
@ConfigurationProperties("neuron-ledger")
public record CommandProperties(Kafka kafka, Database database, int partitions, Intake intake, Usage usage,
    Resolution resolution, Publish publish, Duration stallAfter) {
  public CommandProperties {
    requireAtLeast(1, partitions, "PARTITIONS");
    requirePositive(stallAfter, "STALL_AFTER");
  }

  /**
   * @param replicationFactor of the topics that this service creates; −1 for the broker's default
   * @param clientPropertiesFile a file of Kafka client properties, for example for security; optional
   * @param security how the service authenticates, and how connections are encrypted; it overrides the file
   * @param sessionTimeout the time without a heartbeat after which another member gets this one's partitions
   */
  public record Kafka(String bootstrapServers, int replicationFactor, Optional<String> clientPropertiesFile,
      @DefaultValue KafkaSecurity security, Duration sessionTimeout) {
    public Kafka {
      if (replicationFactor != -1) {
        requireAtLeast(1, replicationFactor, "KAFKA_REPLICATION_FACTOR");
      }
      clientPropertiesFile = clientPropertiesFile.filter(file -> !file.isBlank());
      clientPropertiesFile.ifPresent(CommandProperties::requireReadable);
      KafkaClients.requireSessionTimeout(sessionTimeout);
    }

    KafkaClients clients() {
      return KafkaClients.of(KafkaClients.properties(bootstrapServers, clientPropertiesFile,
          security.properties()), sessionTimeout);
    }
  }

  /**
   * @param user the role that runs: it adds events and changes none
   * @param migrationUser the role that migrates at the start, and owns the tables
   */
  public record Database(String url, String user, String password, String migrationUser, String migrationPassword,
      int connections) {
    /** One for each worker and publisher, one for all other use. */
    private static final int CONNECTIONS_MIN = 4;

    public Database {
      requirePassword(password, "DATABASE_PASSWORD");
      requirePassword(migrationPassword, "DATABASE_MIGRATION_PASSWORD");
      if (migrationUser.equals(user)) {
        throw new IllegalArgumentException(
            "NEURON_LEDGER_DATABASE_MIGRATION_USER must be another role than NEURON_LEDGER_DATABASE_USER");
      }
      requireAtLeast(CONNECTIONS_MIN, connections, "DATABASE_CONNECTIONS");
    }
  }

  /**
   * @param group the consumer group by which instances share the partitions
   * @param unitMax chain events in one unit of work
   * @param aggregatesCached owners kept in memory
   * @param retryAfter pause of a partition after a failure of Kafka or the database
   * @param stoppedRetryAfter pause of a halted partition, which an operator must repair, before it retries
   */
  public record Intake(String group, int workers, int unitMax, int pollRecordsMax, long aggregatesCached,
      Duration retryAfter, Duration stoppedRetryAfter) {
    public Intake {
      requireAtLeast(1, workers, "INTAKE_WORKERS");
      requireAtLeast(1, unitMax, "INTAKE_UNIT_MAX");
      requireAtLeast(1, pollRecordsMax, "INTAKE_POLL_RECORDS_MAX");
      requireAtLeast(0, aggregatesCached, "INTAKE_AGGREGATES_CACHED");
      requirePositive(retryAfter, "INTAKE_RETRY_AFTER");
      requirePositive(stoppedRetryAfter, "INTAKE_STOPPED_RETRY_AFTER");
    }
  }

  /**
   * @param group the consumer group by which instances share the topic of usage reports
   * @param pollRecordsMax reports polled from Kafka in one unit of work
   * @param metersCached meters kept in memory
   * @param completedAheadMax by how much a request may be completed later than our clock and the newest block
   * @param unknownService what becomes of a report of a service that the chain does not know
   */
  public record Usage(String group, int pollRecordsMax, long metersCached, Duration completedAheadMax,
      UnknownService unknownService, Duration retryAfter) {
    public Usage {
      requireAtLeast(1, pollRecordsMax, "USAGE_POLL_RECORDS_MAX");
      requireAtLeast(0, metersCached, "USAGE_METERS_CACHED");
      if (completedAheadMax.isNegative()) {
        throw new IllegalArgumentException(
            "NEURON_LEDGER_USAGE_COMPLETED_AHEAD_MAX must be at least 0, not " + completedAheadMax);
      }
      requirePositive(retryAfter, "USAGE_RETRY_AFTER");
    }
  }

  /** @param secondPersonAbove the largest difference that one person resolves alone, in neuron */
  public record Resolution(BigInteger secondPersonAbove) {
    public Resolution {
      if (secondPersonAbove.signum() < 0) {
        throw new IllegalArgumentException("NEURON_LEDGER_RESOLUTION_SECOND_PERSON_ABOVE must be at least 0, not "
            + secondPersonAbove);
      }
    }
  }

  /**
   * @param batchMax events in one Kafka transaction
   * @param poll the interval at which appends of other processes are polled
   * @param leaseTime the time without a renewal after which another instance publishes this one's partitions
   */
  public record Publish(int batchMax, Duration poll, Duration leaseTime, Duration retryAfter) {
    public Publish {
      requireAtLeast(1, batchMax, "PUBLISH_BATCH_MAX");
      requirePositive(poll, "PUBLISH_POLL");
      requirePositive(leaseTime, "PUBLISH_LEASE_TIME");
      requirePositive(retryAfter, "PUBLISH_RETRY_AFTER");
    }
  }

  private static void requirePassword(String password, String variable) {
    if (password.isEmpty()) {
      throw new IllegalArgumentException("NEURON_LEDGER_" + variable + " must be set: there is no default password");
    }
  }

  private static void requireAtLeast(long min, long value, String variable) {
    if (value < min) {
      throw new IllegalArgumentException("NEURON_LEDGER_" + variable + " must be at least " + min + ", not " + value);
    }
  }

  private static void requireReadable(String file) {
    if (!Files.isReadable(Path.of(file))) {
      throw new IllegalArgumentException(
          "NEURON_LEDGER_KAFKA_CLIENT_PROPERTIES_FILE must be a file that can be read, not " + file);
    }
  }

  private static void requirePositive(Duration value, String variable) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("NEURON_LEDGER_" + variable + " must be positive, not " + value);
    }
  }
}
