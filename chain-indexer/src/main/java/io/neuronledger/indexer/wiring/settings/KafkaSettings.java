package io.neuronledger.indexer.wiring.settings;

import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.KafkaSecurity;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Kafka cluster. Environment: {@code NEURON_LEDGER_KAFKA_…}.
 *
 * @param bootstrapServers host:port, comma-separated; required
 * @param clientPropertiesFile a file of Kafka client properties, for the cluster's security settings; optional
 * @param security how the service authenticates, and how connections are encrypted; it overrides the file
 * @param replicationFactor of the topics that this service creates; −1 for the broker's default
 * @param deadline for every request to Kafka
 * @param sessionTimeout the time without a heartbeat after which a leader is replaced
 * @param compression of the records: {@code none}, {@code lz4}, {@code zstd}, {@code snappy} or {@code gzip}
 */
@ConfigurationProperties("neuron-ledger.kafka")
public record KafkaSettings(String bootstrapServers, Optional<String> clientPropertiesFile,
    @DefaultValue KafkaSecurity security, int replicationFactor, Duration deadline, Duration sessionTimeout,
    String compression) {
  private static final String ENV = "NEURON_LEDGER_KAFKA_";

  public KafkaSettings {
    Setting.require(!bootstrapServers.isBlank(), ENV + "BOOTSTRAP_SERVERS", "must name a broker, host:port", "empty");
    clientPropertiesFile = clientPropertiesFile.filter(file -> !file.isBlank());
    clientPropertiesFile.ifPresent(file -> Setting.require(Files.isReadable(Path.of(file)),
        ENV + "CLIENT_PROPERTIES_FILE", "must be a readable file, or empty", file));
    Setting.require(replicationFactor == TopicDeclaration.REPLICAS_DEFAULT
        || (replicationFactor > 0 && replicationFactor <= Short.MAX_VALUE), ENV + "REPLICATION_FACTOR",
        "must be 1 to 32767, or -1", replicationFactor);
    Setting.positive(deadline, ENV + "DEADLINE");
    Setting.require(sessionTimeout.compareTo(KafkaClients.SESSION_TIMEOUT_MIN) >= 0, ENV + "SESSION_TIMEOUT",
        "must be at least PT6S, the brokers' minimum", sessionTimeout);
    Setting.require(Set.of("none", "lz4", "zstd", "snappy", "gzip").contains(compression), ENV + "COMPRESSION",
        "must be none, lz4, zstd, snappy or gzip", compression);
  }

  public KafkaClients clients() {
    return new KafkaClients(KafkaClients.properties(bootstrapServers, clientPropertiesFile, security.properties()),
        deadline, sessionTimeout, compression);
  }
}
