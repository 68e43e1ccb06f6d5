package io.neuronledger.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script and the settings of the broker in docker-compose.yml, with the paths and ports of this test. */
class ComposeBrokerIT {
  private static final Path SCRIPTS = Path.of("../../docker/kafka");
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
  private static final String BROKER = "0123456789abcdef-broker";
  private static final String ADMIN = "0123456789abcdef-admin";

  private final int port = FreePort.find();
  private Optional<Process> broker = Optional.empty();

  private void copyScripts(Path folder) throws IOException {
    Map<String, String> replaced = Map.of("/opt/kafka/bin", folder.resolve("bin").toString(),
        "/opt/ledger", folder.toString(),
        "/var/lib/kafka/data", folder.resolve("data").toString(),
        "/tmp/admin.properties", folder.resolve("admin.properties").toString(),
        "INTERNAL://0.0.0.0:9092", "INTERNAL://127.0.0.1:" + port,
        "INTERNAL://kafka:9092", "INTERNAL://127.0.0.1:" + port,
        "HOST://0.0.0.0:19092", "HOST://127.0.0.1:" + FreePort.find(),
        "127.0.0.1:9093", "127.0.0.1:" + FreePort.find());
    for (String name : List.of("start.sh", "admin.sh", "server.properties")) {
      String text = Files.readString(SCRIPTS.resolve(name));
      for (Map.Entry<String, String> each : replaced.entrySet()) {
        text = text.replace(each.getKey(), each.getValue());
      }
      executable(folder.resolve(name), text);
    }
    Path bin = Files.createDirectories(folder.resolve("bin"));
    tool(bin.resolve("kafka-storage.sh"), "kafka.tools.StorageTool");
    tool(bin.resolve("kafka-server-start.sh"), "kafka.Kafka");
    tool(bin.resolve("kafka-configs.sh"), "kafka.admin.ConfigCommand");
  }

  /** As in the distribution: a script that runs a class. */
  private static void tool(Path script, String mainClass) throws IOException {
    executable(script, "#!/bin/bash\nexec '" + ProcessHandle.current().info().command()
        .orElseThrow() + "' -Xmx256m -cp '" + System.getProperty("java.class.path") + "' " + mainClass + " \"$@\"\n");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.setPosixFilePermissions(Files.writeString(file, text), PosixFilePermissions.fromString("rwx------"));
  }

  private void start(Path folder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(folder.resolve("start.sh").toString()).redirectErrorStream(true)
        .redirectOutput(folder.resolve("broker.log").toFile());
    builder.environment().put("KAFKA_BROKER_PASSWORD", BROKER);
    builder.environment().put("KAFKA_ADMIN_PASSWORD", ADMIN);
    broker = Optional.of(builder.start());
  }

  @AfterEach
  void stop() {
    broker.ifPresent(process -> {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.onExit().join();
    });
  }

  @Test
  void the_broker_starts_locked_and_again_on_its_folder(@TempDir Path folder) throws Exception {
    copyScripts(folder);
    start(folder);
    try (Admin admin = entering(folder)) {
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
    }
    assertThatThrownBy(() -> names(client("admin", ADMIN + "x"))).hasCauseInstanceOf(SaslAuthenticationException.class);
    assertThatThrownBy(() -> names(Map.of("bootstrap.servers", "127.0.0.1:" + port, "default.api.timeout.ms", 2_000,
        "request.timeout.ms", 1_000))).hasCauseInstanceOf(TimeoutException.class);
    stop();

    start(folder);
    try (Admin admin = entering(folder)) {
      assertThat(admin.listTopics().names().get()).containsExactly("kept");
    }
    assertThat(Files.readString(folder.resolve("admin.properties"))).contains("password=\"" + ADMIN + "\"");
    assertThat(Files.getPosixFilePermissions(folder.resolve("admin.properties")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** By the command of docs/operations.md; as the broker, where the admin's password is lost. */
  @Test
  void the_admins_password_is_changed_by_the_admin_and_by_the_broker(@TempDir Path folder) throws Exception {
    copyScripts(folder);
    start(folder);
    entering(folder).close();
    changePassword(folder, "admin.properties", "changed");
    assertThatThrownBy(() -> names(client("admin", ADMIN))).hasCauseInstanceOf(SaslAuthenticationException.class);
    assertThat(names(client("admin", "changed"))).isEmpty();

    String lost = Files.readString(folder.resolve("admin.properties"));
    Files.writeString(folder.resolve("broker.properties"), lost.replace("username=\"admin\" password=\"" + ADMIN,
        "username=\"broker\" password=\"" + BROKER));
    changePassword(folder, "broker.properties", "found\\again");
    assertThatThrownBy(() -> names(client("admin", "changed"))).hasCauseInstanceOf(SaslAuthenticationException.class);
    assertThat(names(client("admin", "found\\\\again"))).isEmpty();
  }

  /** With a backslash doubled, as access.sh does it: the tool reads a properties file. */
  private void changePassword(Path folder, String properties, String password)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c",
        "printf 'SCRAM-SHA-512=password=%s\\n' \"${PASSWORD//\\\\/\\\\\\\\}\""
        + " | bin/kafka-configs.sh --bootstrap-server 127.0.0.1:" + port + " --command-config " + properties
        + " --alter --entity-type users --entity-name admin --add-config-file /dev/stdin").directory(folder.toFile())
        .redirectErrorStream(true).redirectOutput(folder.resolve("tool.log").toFile());
    builder.environment().put("PASSWORD", password);
    Process tool = builder.start();
    assertThat(tool.waitFor()).as(Files.readString(folder.resolve("tool.log"))).isZero();
  }

  private static Set<String> names(Map<String, Object> client)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(client)) {
      return admin.listTopics().names().get();
    }
  }

  /** A client, once the broker answers. */
  private Admin entering(Path folder) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (true) {
      try {
        names(client("admin", ADMIN));
        return Admin.create(client("admin", ADMIN));
      } catch (ExecutionException notYet) {
        if (!broker.orElseThrow().isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException(Files.readString(folder.resolve("broker.log")), notYet);
        }
      }
    }
  }

  private Map<String, Object> client(String user, String password) {
    return Map.of("bootstrap.servers", "127.0.0.1:" + port, "security.protocol", "SASL_PLAINTEXT", "sasl.mechanism",
        "SCRAM-SHA-512", "sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required "
            + "username=\"" + user + "\" password=\"" + password + "\";", "default.api.timeout.ms", 5_000,
        "request.timeout.ms", 2_000);
  }
}
