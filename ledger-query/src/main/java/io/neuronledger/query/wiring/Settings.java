package io.neuronledger.query.wiring;

import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.KafkaSecurity;
import io.neuronledger.query.admission.AdmissionSettings;
import io.neuronledger.query.alert.AlertSettings;
import io.neuronledger.query.dashboard.DashboardSettings;
import io.neuronledger.query.events.SubscriptionSettings;
import io.neuronledger.query.export.job.ExportSettings;
import io.neuronledger.query.following.BehindLimits;
import io.neuronledger.query.webhook.delivery.WebhookSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All settings; ledger-query.yaml has the defaults and the names of the environment variables.
 *
 * @param partitions the number of partitions; fixed for a deployment
 */
@ConfigurationProperties("neuron-ledger")
public record Settings(int partitions, Kafka kafka, Database database, Intake intake, Answers answers,
    BehindLimits behind, Settlement settlement, @DefaultValue AccessLog accessLog,
    @DefaultValue ExportSettings exports, @DefaultValue SubscriptionSettings subscriptions,
    @DefaultValue AlertSettings alerts, @DefaultValue WebhookSettings webhooks,
    @DefaultValue DashboardSettings dashboard, @DefaultValue AdmissionSettings admission) {
  /**
   * @param retention how long records are kept: {@value #DAYS_MIN} to {@value #DAYS_MAX} days
   */
  public record AccessLog(@DefaultValue("400d") Duration retention) {
    private static final long DAYS_MIN = 1;
    private static final long DAYS_MAX = 3_650;

    public AccessLog {
      if (retention.compareTo(Duration.ofDays(DAYS_MIN)) < 0 || retention.compareTo(Duration.ofDays(DAYS_MAX)) > 0) {
        throw new IllegalArgumentException("NEURON_LEDGER_ACCESS_LOG_RETENTION must be from " + DAYS_MIN + " to "
            + DAYS_MAX + " days, such as 400d, not " + retention);
      }
    }
  }

  /**
   * @param group the consumer group; its consumers share the partitions of account events
   * @param replicationFactor of the topics created at the start; −1 for the broker's default
   * @param clientPropertiesFile a file of Kafka client properties, such as the cluster's security settings; optional
   * @param security how the service authenticates, and how connections are encrypted; it overrides the file
   * @param properties passed to every client; they override both
   * @param sessionTimeout the time without a heartbeat after which another member gets this one's partitions
   */
  public record Kafka(String bootstrapServers, String group, short replicationFactor,
      Optional<String> clientPropertiesFile, @DefaultValue KafkaSecurity security, Map<String, String> properties,
      Duration sessionTimeout) {
    public Kafka {
      clientPropertiesFile = clientPropertiesFile.filter(file -> !file.isBlank());
      clientPropertiesFile.ifPresent(Kafka::requireReadable);
      properties = properties == null ? Map.of() : Map.copyOf(properties);
      KafkaClients.requireSessionTimeout(sessionTimeout);
    }

    /** The group of which one member reads the topic of blocks. */
    String blocksGroup() {
      return group + "-blocks";
    }

    KafkaClients clients() {
      Map<String, String> named = new HashMap<>(security.properties());
      named.putAll(properties);
      return KafkaClients.of(KafkaClients.properties(bootstrapServers, clientPropertiesFile, named), sessionTimeout);
    }

    private static void requireReadable(String file) {
      if (!Files.isReadable(Path.of(file))) {
        throw new IllegalArgumentException(
            "NEURON_LEDGER_KAFKA_CLIENT_PROPERTIES_FILE must be a file that can be read, not " + file);
      }
    }
  }

  /**
   * @param user the role that runs: it reads and fills the read model
   * @param migrationUser the role that creates, migrates, switches and drops its schemas, and owns them
   * @param schema the schema of the first generation of the read model
   * @param readersMax the maximum number of connections for answers; 0 for twice the number of processors, at least 4
   * @param answerDeadline the timeout of a statement of an answer
   * @param exportsMax the maximum number of connections for exports
   * @param exportDeadline the timeout of a statement of an export
   * @param writeDeadline the timeout of a statement of the intake
   */
  public record Database(String url, String user, String password, String migrationUser, String migrationPassword,
      String schema, int readersMax, Duration answerDeadline, int exportsMax, Duration exportDeadline,
      Duration writeDeadline) {
    private static final int READERS_MIN = 4;

    public Database {
      requirePassword(password, "PASSWORD");
      requirePassword(migrationPassword, "MIGRATION_PASSWORD");
      if (migrationUser.equals(user)) {
        throw new IllegalArgumentException(
            "NEURON_LEDGER_DATABASE_MIGRATION_USER must be another role than NEURON_LEDGER_DATABASE_USER");
      }
      readersMax = readersMax > 0 ? readersMax
          : Math.max(READERS_MIN, 2 * Runtime.getRuntime().availableProcessors());
    }

    private static void requirePassword(String password, String variable) {
      if (password.isEmpty()) {
        throw new IllegalArgumentException(
            "NEURON_LEDGER_DATABASE_" + variable + " must be set: there is no default password");
      }
    }
  }

  /**
   * @param threads the number of consumers in this instance
   * @param batchMax the maximum number of records per transaction
   * @param stalledAfter readiness fails if a partition with records to read has not advanced for this long
   */
  public record Intake(int threads, int batchMax, Duration stalledAfter) {}

  /**
   * @param waitDefault the wait for a block if the caller gives none
   * @param waitMax the longest wait that a caller may request
   * @param exportsOpenMax the maximum number of exports in progress, each a temporary file
   */
  public record Answers(Duration waitDefault, Duration waitMax, int exportsOpenMax) {}

  /**
   * @param interval the time within which usage must be settled; later it is a difference
   * @param intervals the same for single providers, by their addresses
   * @param reportsKeptMax the most frozen reports of a period that is not closed, 1 to {@value #REPORTS_KEPT_MAX}
   */
  public record Settlement(Duration interval, Map<String, Duration> intervals,
      @DefaultValue("100") int reportsKeptMax) {
    private static final int REPORTS_KEPT_MAX = 10_000;

    public Settlement {
      if (reportsKeptMax < 1 || reportsKeptMax > REPORTS_KEPT_MAX) {
        throw new IllegalArgumentException("NEURON_LEDGER_SETTLEMENT_REPORTS_KEPT_MAX must be from 1 to "
            + REPORTS_KEPT_MAX + ", not " + reportsKeptMax);
      }
      intervals = intervals == null ? Map.of() : Map.copyOf(intervals);
    }
  }
}
