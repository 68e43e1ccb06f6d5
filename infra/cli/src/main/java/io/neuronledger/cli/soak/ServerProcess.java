package io.neuronledger.cli.soak;

import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.testkit.servers.FixedLocale;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.PostgresServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A broker or a database in a separate JVM, so that it can be killed alone. */
public final class ServerProcess {
  private ServerProcess() {}

  /**
   * @param arguments {@code kafka DIR PORT}, with the passwords in the folder above DIR; or {@code postgresql DIR PORT
   *     DATABASE...}; the databases are created
   */
  public static void main(String[] arguments) throws InterruptedException {
    FixedLocale.set();
    Path folder = Path.of(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    switch (arguments[0]) {
      case "kafka" -> {
        Secrets secrets = Secrets.in(folder.resolveSibling(""));
        KafkaBroker broker = KafkaBroker.startLocked(folder, port, BrokerAccess.passwords(secrets));
        new BrokerAccess(broker.bootstrapServers(), Optional.of(secrets)).declare();
      }
      case "postgresql" -> {
        PostgresServer server = PostgresServer.start(folder, port, Secrets.in(folder.resolveSibling(""))::of);
        Arrays.stream(arguments).skip(3).forEach(server::database);
      }
      default -> throw new IllegalArgumentException("kafka or postgresql, not " + arguments[0]);
    }
    new CountDownLatch(1).await();
  }
}
