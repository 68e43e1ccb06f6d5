package io.neuronledger.testkit.servers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The remains of a killed stack do not prevent the next start on the same folder. */
class LeftOverPostgresIT {
  /** Starts a server on the given folder, prints its port and waits to be killed. */
  static final class Parent {
    public static void main(String[] folder) throws InterruptedException {
      PostgresServer server = PostgresServer.start(Path.of(folder[0]), 0, LeftOverPostgresIT::password);
      server.jdbcUrl("kept");
      System.out.println(server.port());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void the_server_of_a_killed_parent_is_stopped_first(@TempDir Path folder) throws Exception {
    Path dataDir = folder.resolve("pg");
    Process parent = start(dataDir);
    int abandonedPort = port(parent);
    parent.destroyForcibly().waitFor();
    try (PostgresServer next = PostgresServer.start(dataDir, 0, LeftOverPostgresIT::password)) {
      assertThat(next.port()).isNotEqualTo(abandonedPort);
      assertServes(next);
    }
  }

  /** Until it is collected, PostgreSQL takes its id for a running server's: the next start failed after a minute. */
  @Test
  void a_killed_server_is_waited_for_until_its_parent_has_collected_it(@TempDir Path folder) throws Exception {
    Path dataDir = folder.resolve("pg");
    Process parent = start(dataDir);
    port(parent);
    long server = Long.parseLong(Files.readAllLines(dataDir.resolve("postmaster.pid")).getFirst());
    ProcessHandle.of(server).orElseThrow().destroyForcibly();
    parent.destroyForcibly().waitFor();
    try (PostgresServer next = PostgresServer.start(dataDir, 0, LeftOverPostgresIT::password)) {
      assertServes(next);
    }
  }

  private static Process start(Path dataDir) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Parent.class.getName(), dataDir.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Waits until the server has started. */
  private static int port(Process parent) throws IOException {
    return Integer.parseInt(requireNonNull(parent.inputReader(StandardCharsets.UTF_8).readLine()));
  }

  private static void assertServes(PostgresServer server) throws SQLException {
    try (Connection connection = server.superuser().on(server.jdbcUrl("kept")).getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  private static String password(String role) {
    return "password of " + role;
  }
}
