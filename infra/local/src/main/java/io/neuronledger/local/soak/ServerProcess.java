package io.neuronledger.local.soak;

import io.neuronledger.infra.servers.FixedLocale;
import io.neuronledger.infra.servers.KafkaBroker;
import io.neuronledger.infra.servers.PostgresServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** A broker or a database in a JVM of its own, so that it can be killed alone. */
public final class ServerProcess {
  private ServerProcess() {}

  /** @param words {@code kafka DIR PORT}, or {@code postgresql DIR PORT DATABASE...}; the databases are created */
  public static void main(String[] words) throws InterruptedException {
    FixedLocale.set();
    Path folder = Path.of(words[1]);
    int port = Integer.parseInt(words[2]);
    switch (words[0]) {
      case "kafka" -> KafkaBroker.start(folder, port);
      case "postgresql" -> {
        PostgresServer server = PostgresServer.start(folder, port);
        Arrays.stream(words).skip(3).forEach(server::jdbcUrl);
      }
      default -> throw new IllegalArgumentException("kafka or postgresql, not " + words[0]);
    }
    new CountDownLatch(1).await();
  }
}
