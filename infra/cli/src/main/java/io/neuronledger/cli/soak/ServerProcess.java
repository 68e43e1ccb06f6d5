package io.neuronledger.cli.soak;

import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.testkit.servers.FixedLocale;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** A broker or a database in a separate JVM, so that it can be killed alone. */
public final class ServerProcess {
  private ServerProcess() {}

  /**
   * @param arguments {@code kafka DIR PORT}, or {@code postgresql DIR PORT DATABASE...}; the databases are created,
   *     with the passwords of the folder that DIR is in
   */
  public static void main(String[] arguments) throws InterruptedException {
    FixedLocale.set();
    Path folder = Path.of(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    switch (arguments[0]) {
      case "kafka" -> KafkaBroker.start(folder, port);
      case "postgresql" -> {
        PostgresServer server = PostgresServer.start(folder, port, Secrets.in(folder.resolveSibling(""))::of);
        Arrays.stream(arguments).skip(3).forEach(server::database);
      }
      default -> throw new IllegalArgumentException("kafka or postgresql, not " + arguments[0]);
    }
    new CountDownLatch(1).await();
  }
}
