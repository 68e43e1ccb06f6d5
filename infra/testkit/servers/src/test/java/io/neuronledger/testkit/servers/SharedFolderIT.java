package io.neuronledger.testkit.servers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two JVMs on one folder: the second is refused and does not affect the first one's server. */
class SharedFolderIT {
  private static final String PASSWORD = "of both JVMs";

  enum Server {
    POSTGRESQL, KAFKA;

    /** @return the server's address */
    String start(Path folder) {
      return switch (this) {
        case POSTGRESQL -> PostgresServer.start(folder, 0, _ -> PASSWORD).jdbcUrl("kept");
        case KAFKA -> KafkaBroker.start(folder, 0).bootstrapServers();
      };
    }
  }

  /** Starts a server on a folder, prints its address and waits until its process is ended. */
  static final class Holder {
    public static void main(String[] arguments) throws InterruptedException {
      System.out.println("at " + Server.valueOf(arguments[0]).start(Path.of(arguments[1])));
      new CountDownLatch(1).await();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_second_is_refused_and_the_first_keeps_running(Server server, @TempDir Path folder) throws Exception {
    Path dataDir = folder.resolve("data");
    Process first = holder(server, dataDir);
    try (BufferedReader output = first.inputReader(StandardCharsets.UTF_8)) {
      String address = address(output);
      assertThatThrownBy(() -> server.start(dataDir)).isInstanceOf(FolderInUse.class)
          .hasMessageContainingAll(dataDir.toString(), String.valueOf(first.pid()));
      assertThat(first.isAlive()).isTrue();
      assertThat(answers(server, address)).isTrue();
    } finally {
      first.destroy();
      first.onExit().join();
    }
  }

  @Test
  void a_killed_broker_releases_its_folder(@TempDir Path folder) throws Exception {
    Process first = holder(Server.KAFKA, folder.resolve("data"));
    try (BufferedReader output = first.inputReader(StandardCharsets.UTF_8)) {
      address(output);
      first.destroyForcibly().onExit().join();
    }
    try (KafkaBroker next = KafkaBroker.start(folder.resolve("data"), 0)) {
      assertThat(answers(Server.KAFKA, next.bootstrapServers())).isTrue();
    }
  }

  private static Process holder(Server server, Path dataDir) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Holder.class.getName(), server.name(), dataDir.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String address(BufferedReader output) throws IOException {
    String line = requireNonNull(output.readLine());
    while (!line.startsWith("at ")) {
      line = requireNonNull(output.readLine());
    }
    return line.substring("at ".length());
  }

  private static boolean answers(Server server, String address) throws Exception {
    return switch (server) {
      case POSTGRESQL -> {
        try (Connection connection = DriverManager.getConnection(address, PostgresServer.SUPERUSER, PASSWORD)) {
          yield connection.isValid(5);
        }
      }
      case KAFKA -> {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", address))) {
          yield admin.describeCluster().nodes().get().size() == 1;
        }
      }
    };
  }
}
