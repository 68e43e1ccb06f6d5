package io.neuronledger.query.scene;

import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.infra.servers.TestKafka;
import io.neuronledger.query.LedgerQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The service as it runs, on a real broker and a real database, asked over HTTP. */
public final class Service implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ConfigurableApplicationContext context;

  public Service(PostgresServer postgres, String database, int partitions, String... more) {
    this(TestKafka.bootstrapServers(), postgres, database, partitions, more);
  }

  /** @param bootstrapServers of a broker that may be away */
  public Service(String bootstrapServers, PostgresServer postgres, String database, int partitions, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--server.port=0",
        "--neuron-ledger.kafka.bootstrap-servers=" + bootstrapServers,
        "--neuron-ledger.kafka.group=" + database,
        "--neuron-ledger.database.url=" + postgres.jdbcUrl(database),
        "--neuron-ledger.database.user=" + postgres.user(),
        "--neuron-ledger.database.password=" + postgres.password(),
        "--neuron-ledger.partitions=" + partitions));
    arguments.addAll(List.of(more));
    context = LedgerQuery.application().run(arguments.toArray(String[]::new));
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  public int port() {
    return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return QueryFixture.JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    context.close();
  }
}
