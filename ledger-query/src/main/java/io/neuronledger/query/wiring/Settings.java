package io.neuronledger.query.wiring;

import io.neuronledger.query.following.BehindLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Everything that can be set; the defaults and the environment's names stand in ledger-query.yaml.
 *
 * @param partitions the number of partitions: fixed for a deployment
 */
@ConfigurationProperties("neuron-ledger")
public record Settings(int partitions, Kafka kafka, Database database, Intake intake, OwnerReads answers,
    BehindLimits behind, Settlement settlement) {
  /**
   * @param group consumers of one group share the partitions
   * @param replicationFactor of the topics created at the start; −1 takes the broker's default
   * @param clientPropertiesFile a file of Kafka client properties, for what the cluster wants of security; optional
   * @param properties passed to every client, before those of the file
   */
  public record Kafka(String bootstrapServers, String group, short replicationFactor,
      Optional<String> clientPropertiesFile, Map<String, String> properties) {
    public Kafka {
      clientPropertiesFile = clientPropertiesFile.filter(file -> !file.isBlank());
      clientPropertiesFile.ifPresent(Kafka::requireReadable);
      properties = properties == null ? Map.of() : Map.copyOf(properties);
    }

    private static void requireReadable(String file) {
      if (!Files.isReadable(Path.of(file))) {
        throw new IllegalArgumentException(
            "NEURON_LEDGER_KAFKA_CLIENT_PROPERTIES_FILE must be a file that can be read, not " + file);
      }
    }
  }

  /**
   * @param schema holds the read model
   * @param readersMax connections that answer
   * @param answerDeadline of one statement of an answer
   * @param exportsMax connections that read exports
   * @param exportDeadline of one statement of an export
   * @param writeDeadline of one statement of the intake
   */
  public record Database(String url, String user, String password, String schema, int readersMax,
      Duration answerDeadline, int exportsMax, Duration exportDeadline, Duration writeDeadline) {}

  /**
   * @param threads consumers in this instance
   * @param batchMax records per transaction
   * @param stalledAfter readiness fails when there is something to read and nothing has moved for so long
   */
  public record Intake(int threads, int batchMax, Duration stalledAfter) {}

  /**
   * @param waitDefault how long a question waits for its block where the caller does not say
   * @param waitMax the longest a caller may ask for
   * @param exportsOpenMax the most exports that are written or sent at the same time, each a temporary file
   */
  public record OwnerReads(Duration waitDefault, Duration waitMax, int exportsOpenMax) {}

  /**
   * @param interval how long usage may wait for its settlement until that is a difference
   * @param intervals the same for single providers, by address
   */
  public record Settlement(Duration interval, Map<String, Duration> intervals) {
    public Settlement {
      intervals = intervals == null ? Map.of() : Map.copyOf(intervals);
    }
  }
}
