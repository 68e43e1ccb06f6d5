package io.neuronledger.command.scene;

import io.neuronledger.contracts.event.Topics;
import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.infra.servers.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;

/** The real servers that the tests of one JVM share: a database of its own for each test, and fresh topics. */
public final class Servers {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final List<String> TOPICS =
      List.of(Topics.CHAIN_EVENTS, Topics.ACCOUNT_EVENTS, Topics.PUBLISHED_POSITIONS, Topics.CHAIN_EVENTS_DEAD,
          Topics.USAGE_REPORTS, Topics.USAGE_REJECTS);

  private Servers() {}

  /** Starts once, by the rules of class initialisation. */
  private static final class Postgres {
    static final PostgresServer SERVER = start();

    private static PostgresServer start() {
      PostgresServer server = PostgresServer.startTemporary();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "test-postgres-stop"));
      return server;
    }
  }

  /** The URL of an empty database. */
  public static String freshDatabase() {
    return Postgres.SERVER.jdbcUrl("test_" + DATABASES.incrementAndGet());
  }

  public static PostgresServer postgres() {
    return Postgres.SERVER;
  }

  public static String kafka() {
    return TestKafka.bootstrapServers();
  }

  /** Removes what an earlier test left, and makes the topics with that many partitions. */
  public static void freshTopics(int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
      Set<String> present = admin.listTopics().names().get();
      List<String> old = TOPICS.stream().filter(present::contains).toList();
      admin.deleteTopics(old).all().get();
      Awaitility.await().pollInterval(Duration.ofMillis(20))
          .until(() -> admin.listTopics().names().get().stream().noneMatch(TOPICS::contains));
      admin.createTopics(TOPICS.stream().map(name -> new NewTopic(name, partitions, (short) 1)).toList()).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
