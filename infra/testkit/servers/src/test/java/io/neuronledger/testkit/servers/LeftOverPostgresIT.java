package io.neuronledger.testkit.servers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The remains of a killed stack do not prevent the next start on the same folder. */
class LeftOverPostgresIT {
  /** Starts a server on the given folder, prints its port and waits to be killed. */
  static final class Parent {
    public static void main(String[] folder) throws InterruptedException {
      PostgresServer server = PostgresServer.start(Path.of(folder[0]), 0);
      server.jdbcUrl("kept");
      System.out.println(server.port());
      new CountDownLatch(1).await();
    }
  }

  @Test
  void the_server_of_a_killed_parent_is_stopped_first(@TempDir Path folder) throws Exception {
    Path dataDir = folder.resolve("pg");
    Process parent = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Parent.class.getName(), dataDir.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    int abandonedPort;
    try (var output = parent.inputReader(StandardCharsets.UTF_8)) {
      abandonedPort = Integer.parseInt(requireNonNull(output.readLine()));
      parent.destroyForcibly().waitFor();
    }
    try (PostgresServer next = PostgresServer.start(dataDir, 0);
        Connection connection = DriverManager.getConnection(next.jdbcUrl("kept"), next.user(), next.password())) {
      assertThat(next.port()).isNotEqualTo(abandonedPort);
      assertThat(connection.isValid(5)).isTrue();
    }
  }
}
