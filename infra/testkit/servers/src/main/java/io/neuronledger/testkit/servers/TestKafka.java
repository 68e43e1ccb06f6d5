package io.neuronledger.testkit.servers;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The broker shared by the tests of one JVM: a container where Docker is available, otherwise the same server embedded.
 * The log reports which. It stops with the JVM.
 */
public final class TestKafka {
  private static final Logger log = LoggerFactory.getLogger(TestKafka.class);

  /** The same version as the embedded broker. */
  private static final String IMAGE = "apache/kafka:4.2.1";

  private TestKafka() {}

  /** Host and port of the shared broker; the first call starts it. */
  public static String bootstrapServers() {
    return Shared.BOOTSTRAP_SERVERS;
  }

  /** Class initialisation starts the broker once. */
  private static final class Shared {
    static final String BOOTSTRAP_SERVERS = start();

    private static String start() {
      if (DockerClientFactory.instance().isDockerAvailable()) {
        log.info("Kafka for tests: a container of {}", IMAGE);
        KafkaContainer container = new KafkaContainer(IMAGE)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        container.start();
        return container.getBootstrapServers();
      }
      log.info("Kafka for tests: the embedded broker, because Docker is not available");
      return KafkaBroker.startTemporary().bootstrapServers();
    }
  }
}
