package io.neuronledger.cli.stack.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.KafkaSecurity;
import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.testkit.servers.KafkaBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real broker that encrypts, and the clients that a service makes by its settings, with certificates by file. */
class BrokerTlsIT {
  private static final String PASSWORD = "of-the-stores";
  private static final KafkaBroker.Passwords PASSWORDS = new KafkaBroker.Passwords("of-the-broker", "of-the-admin");
  private static Path folder;
  private static KafkaBroker broker;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    certificate("broker");
    certificate("stranger");
    broker = KafkaBroker.startTemporaryLocked(PASSWORDS,
        new KafkaBroker.Keystore(folder.resolve("broker.p12"), PASSWORD));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** A key pair in {@code name.p12}; its certificate in {@code name.pem} and in {@code name-trust.p12}. */
  private static void certificate(String name) throws IOException, InterruptedException {
    keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "SAN=ip:127.0.0.1",
        "-validity", "2", "-keystore", name + ".p12");
    keytool("-exportcert", "-rfc", "-alias", name, "-keystore", name + ".p12", "-file", name + ".pem");
    keytool("-importcert", "-noprompt", "-alias", name, "-keystore", name + "-trust.p12", "-file", name + ".pem");
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static KafkaClients clients(String protocol, Optional<String> truststore) {
    KafkaSecurity security = new KafkaSecurity(Optional.of(protocol), Optional.of(KafkaBroker.ADMIN),
        Optional.of(PASSWORDS.admin()), truststore.map(name -> folder.resolve(name).toString()),
        truststore.filter(name -> name.endsWith(".p12")).map(_ -> PASSWORD), Optional.empty(), Optional.empty());
    return KafkaClients.of(KafkaClients.properties(broker.bootstrapServers(), Optional.empty(), security.properties()),
        KafkaClients.SESSION_TIMEOUT_MIN);
  }

  private static TopicDeclaration declaration(KafkaClients clients) {
    return new TopicDeclaration(clients, List.of(TopicShape.of(Topics.FOLLOWING)), List.of(), new Partitions(1), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"broker.pem", "broker-trust.p12"})
  void a_service_that_trusts_the_certificate_declares_writes_and_reads(String truststore) throws Exception {
    KafkaClients clients = clients("SASL_SSL", Optional.of(truststore));
    declaration(clients).require();
    byte[] value = truststore.getBytes(StandardCharsets.UTF_8);
    long offset;
    try (Producer<byte[], byte[]> producer = clients.transactional("tls-" + truststore)) {
      producer.initTransactions();
      producer.beginTransaction();
      offset = producer.send(new ProducerRecord<>(Topics.FOLLOWING, value, value)).get().offset();
      producer.commitTransaction();
    }
    try (Consumer<byte[], byte[]> consumer = clients.reader()) {
      TopicPartition partition = new TopicPartition(Topics.FOLLOWING, 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      assertThat(consumer.poll(Duration.ofSeconds(20))).first().extracting(ConsumerRecord::value).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stranger.pem", "stranger-trust.p12", ""})
  void a_broker_whose_certificate_is_not_trusted_is_refused_with_the_reason(String truststore) {
    KafkaClients clients = clients("SASL_SSL", Optional.of(truststore).filter(name -> !name.isEmpty()));
    assertThatThrownBy(declaration(clients)::require).isInstanceOf(KafkaException.class)
        .hasMessageContaining("SSL handshake failed")
        .hasCauseInstanceOf(SslAuthenticationException.class)
        .rootCause().hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void a_service_that_does_not_encrypt_gets_no_answer() {
    assertThatThrownBy(declaration(clients("SASL_PLAINTEXT", Optional.empty()))::require)
        .isInstanceOf(KafkaException.class).hasMessageContaining("cannot declare the topics");
  }
}
